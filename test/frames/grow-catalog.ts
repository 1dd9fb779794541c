import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RandomSource, randomSource } from '../codec/random-source.ts';

/** The folder of the bundled sample protocol. */
export const itcFolder: string = fileURLToPath(new URL('../../copybooks/itc', import.meta.url));

/**
 * Write the sample protocol and as many further frame types as `count` in all need into a folder that exists; returns the catalog's file.
 *
 * The further types are conversations T100/R100, T101/R101 …, and one notice N1nn where an odd number is missing. One seed gives one
 * catalog.
 */
export function growCatalog(folder: string, count: number, seed: number): string {
  cpSync(itcFolder, folder, { recursive: true });
  const file = join(folder, 'catalog.yaml');
  const source = randomSource(seed);
  let text = readFileSync(file, 'utf8');
  let missing = count - (text.match(/^ {2}[A-Z]\d{3}:/gm)?.length ?? 0);
  for (let number = 100; missing > 0; number++) {
    const pair = missing > 1;
    const names = pair ? [`T${number}`, `R${number}`] : [`N${number}`];
    names.forEach((name, index) => {
      const role = pair ? (['request', 'response'][index] ?? '') : 'notice';
      const members = [`title: Further ${role} ${number}`, `copybook: ${name}.cpy`, `role: ${role}`];
      if (pair) members.push(`pairsWith: ${names[1 - index]}`);
      const compression = compressionFor(source);
      if (compression !== null) members.push(`compression: ${compression}`);
      text += `  ${name}: { ${members.join(', ')} }\n`;
      writeFileSync(join(folder, `${name}.cpy`), copybookOf(name, source));
    });
    missing -= names.length;
  }
  writeFileSync(file, text);
  return file;
}

function compressionFor(source: RandomSource): string | null {
  return source.pick([null, null, null, 'nje', 'sna', 'run-length', '{ scheme: nje, flag: ITC-COMPRESSED }']);
}

const words = [
  'TICKET',
  'COUPON',
  'GUICHET',
  'CAISSE',
  'CHEVAL',
  'JOCKEY',
  'RAPPORT',
  'ENJEU',
  'CARTE',
  'CLIENT',
  'PRIX',
];
const qualities = ['NUMERO', 'CODE', 'TOTAL', 'MONTANT', 'DATE', 'ETAT', 'LIBELLE', 'SOLDE', 'MOTIF', 'RANG'];
const pictures = [
  'PIC X(SIZE)',
  'PIC X(SIZE)',
  'PIC 9(DIGITS)',
  'PIC S9(DIGITS)V99',
  'PIC 9(DIGITS)V99 COMP-3',
  'PIC S9(DIGITS)V99 COMP-3',
  'PIC 9(DIGITS) COMP',
  'PIC S9(DIGITS) COMP',
  'PIC S9(DIGITS) SIGN LEADING SEPARATE',
];

/** A copybook of 3 to 12 items: fields, groups, tables that a counter before them rules, bit groups. */
function copybookOf(name: string, source: RandomSource): string {
  const lines = [`      * ${name}: A FURTHER FRAME TYPE`, `       01  ${name}-${source.pick(words)}.`];
  const entry = (level: number, text: string): void => {
    const margin = ' '.repeat(level === 5 ? 11 : 15);
    const line = `${margin}${String(level).padStart(2, '0')}  ${text}.`;
    // Columns 73 to 80 are not read.
    if (line.length <= 72) lines.push(line);
    else lines.push(...line.replace(' PIC ', () => `\n${margin}    PIC `).split('\n'));
  };
  let serial = 0;
  const newName = (): string => `${name}-${source.pick(words)}-${source.pick(qualities)}-${++serial}`;
  const fields = (level: number, count: number): void => {
    for (let index = 0; index < count; index++) entry(level, `${newName()} ${pictureFor(source)}`);
  };
  entry(5, `${name}-STATUT PIC 9(2)`);
  lines.push(`               88  ${name}-ACCEPTE VALUE 0.`);
  const items = source.integer(2, 11);
  for (let index = 0; index < items; index++) {
    const kind = source.integer(0, 9);
    if (kind < 7) fields(5, 1);
    else if (kind === 7) {
      entry(5, newName());
      fields(10, source.integer(1, 5));
    } else if (kind === 8) {
      const counter = `${name}-NB-${++serial}`;
      entry(5, `${counter} ${source.pick(['PIC 9(2)', 'PIC 9(4) COMP', 'PIC 9(3) COMP-3'])}`);
      lines.push(
        `           05  ${newName()}`,
        `               OCCURS 0 TO ${source.integer(2, 20)} DEPENDING ON ${counter}.`,
      );
      fields(10, source.integer(1, 4));
    } else {
      entry(5, `${newName()} GROUP-USAGE BIT`);
      const bits = source.integer(1, 6);
      for (let bit = 0; bit < bits; bit++) entry(10, `${newName()} PIC 1(${source.integer(1, 30)})`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function pictureFor(source: RandomSource): string {
  return source
    .pick(pictures)
    .replace('SIZE', String(source.integer(1, 40)))
    .replace('DIGITS', String(source.integer(1, 9)));
}
