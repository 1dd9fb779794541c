import fc from 'fast-check';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import type { DialectOptions } from '../../src/copybook/index.ts';
import { type RandomSource, randomSource } from './random-source.ts';

/** A copybook of one record in free format, and options to lay it out and read it with. */
export interface RandomCopybook {
  readonly text: string;
  readonly dialect: DialectOptions;
  readonly options: CodecOptions;
}

/** What is being written: names that count and decide must not be used twice. */
interface Writer {
  readonly random: RandomSource;
  readonly lines: string[];
  readonly views: string[];
  readonly fields: string[];
  names: number;
  left: number;
}

const numeric = [
  ...['PIC 9(3)', 'PIC S9(4)', 'PIC S9(5)V99', 'PIC 9(15)', 'PIC S9(17)', 'PIC 9(20)', 'PIC SVPP9(3)', 'PIC S9(3)PP'],
  ...['PIC S9(3) SIGN LEADING', 'PIC S9(3) SIGN LEADING SEPARATE', 'PIC S9(3)V9 SIGN TRAILING SEPARATE'],
  ...['PIC 9(4) BLANK WHEN ZERO', 'PIC 9(4) NATIONAL', 'PIC S9(3) SIGN TRAILING SEPARATE NATIONAL'],
  ...['PIC 9(4) COMP-3', 'PIC S9(5)V99 COMP-3', 'PIC S9(18) COMP-3', 'PIC 9(3) COMP-6', 'PIC 9(4) COMP-6'],
  ...['PIC S9(2) COMP', 'PIC 9(4) COMP', 'PIC S9(7)V99 COMP', 'PIC S9(12)V99 COMP', 'PIC S9(18) COMP'],
  ...['PIC S9(4) COMP-5', 'PIC 9(9) COMP-5', 'PIC S9(18) COMP-5', 'PIC S9(9) COMP SYNC', 'PIC S9(4) COMP SYNC'],
  ...['PIC X(3) COMP-X', 'PIC 9(6) COMP-X', 'COMP-1', 'COMP-2', 'COMP-2 SYNC', 'INDEX', 'POINTER'],
  ...['BINARY-LONG', 'BINARY-DOUBLE UNSIGNED'],
];
const textual = [
  ...['PIC X', 'PIC X(7)', 'PIC A(4)', 'PIC X(5) JUSTIFIED', 'PIC N(3)', 'PIC G(3)', 'PIC U(2)'],
  ...['PIC X(3)/X(2)', 'PIC XBX0X'],
];
const edited = [
  ...['PIC Z(3)9.99', 'PIC -(4)9', 'PIC $$,$$9.99CR', 'PIC *(3)9', 'PIC +9(3)', 'PIC 9(2)/9(2)'],
  'PIC ZZZ BLANK WHEN ZERO',
];
const deepestLevel = 40; // of a group that another may be in: levels end at 49
const filler = ['PIC X(3)', 'PIC 9(2)', 'PIC S9(3) COMP-3', 'PIC X(2) VALUE "AB"', 'PIC S9(4) COMP'];

/** Write a random copybook with every construct that a round trip must survive; `size` items, more or less. */
export function writeCopybook(random: RandomSource, size: number): RandomCopybook {
  const writer: Writer = { random, lines: ['01 REC.'], views: [], fields: [], names: 0, left: size };
  writeItems(writer, 5, 3);
  line(writer, 5, 'THE-END', 'PIC X');
  const dialect = random.pick(['ibm', 'ibm', 'gnucobol', 'microfocus'] as const);
  return {
    text: writer.lines.join('\n'),
    dialect: { dialect, ...(random.chance(0.3) ? { sync: random.pick(['ibm', 'natural', 'none'] as const) } : {}) },
    options: {
      codepage: random.pick(['cp037', 'cp037', 'cp1141', 'latin1']),
      odo: random.pick(['maximum', 'shifted', 'padded']),
      names: random.pick(['cobol', 'camel', 'snake']),
      numbers: random.pick(['exact', 'exact', 'string', 'bigint']),
      trim: random.pick(['right', 'right', 'none']),
      filler: random.pick(['drop', 'keep']),
      edited: random.pick(['text', 'number']),
      floats: random.pick(['hex', 'hex-le', 'ieee-be', 'ieee-le']),
      national: random.pick(['utf-16be', 'utf-16le']),
      asciiSign: random.pick(['ebcdic', 'microfocus', 'fujitsu']),
      trunc: random.pick(['std', 'std', 'bin']),
      format: random.pick(['fixed', 'rdw']),
      view: writer.views,
      field: writer.fields,
    },
  };
}

/** Random copybooks, each with a source to draw its records from; they shrink to fewer items. */
export function randomCopybooks(): fc.Arbitrary<RandomCopybook & { readonly random: RandomSource }> {
  return fc.record({ seed: fc.noShrink(fc.integer()), size: fc.integer({ min: 1, max: 14 }) }).map(({ seed, size }) => {
    const random = randomSource(seed);
    return { ...writeCopybook(random, size), random, [fc.toStringMethod]: () => `seed ${seed}, size ${size}` };
  });
}

function writeItems(writer: Writer, level: number, depth: number): void {
  const { random } = writer;
  const count = random.integer(1, 6);
  for (let item = 0; item < count && writer.left > 0; item++) {
    writer.left--;
    const kind = depth === 0 ? random.integer(0, 6) : random.integer(0, 15);
    const name = random.chance(0.3) ? 'FILLER' : anyName(writer);
    if (kind <= 3) line(writer, level, anyName(writer), elementary(random));
    else if (kind === 4) line(writer, level, 'FILLER', random.pick(filler));
    else if (kind === 5) writeBits(writer, level);
    else if (kind === 6) line(writer, level, anyName(writer), `${elementary(random)} OCCURS ${random.integer(1, 3)}`);
    else if (kind <= 8) writeGroup(writer, level, depth, name, '');
    else if (kind === 9) writeGroup(writer, level, depth, name, 'OCCURS 2');
    else if (kind <= 11) writeCounted(writer, level, depth);
    else if (kind <= 13) writeViews(writer, level, depth);
    else writeBitGroup(writer, level, depth);
  }
}

function elementary(random: RandomSource): string {
  return random.pick(random.chance(0.6) ? numeric : random.chance(0.7) ? textual : edited);
}

function writeGroup(writer: Writer, level: number, depth: number, name: string, clauses: string): void {
  line(writer, level, name, clauses);
  writeItems(writer, level + 5, depth - 1);
  line(writer, level + 5, anyName(writer), 'PIC X(2)');
}

/** A counter and, not always right behind it, its table. */
function writeCounted(writer: Writer, level: number, depth: number): void {
  const { random } = writer;
  const counter = newName(writer, 'N');
  line(
    writer,
    level,
    counter,
    random.pick(['PIC 9', 'PIC S9(4) COMP', 'PIC S9(3) COMP-3', 'PIC 1(3) BIT', 'PIC 1(7) BIT']),
  );
  if (random.chance(0.3)) line(writer, level, anyName(writer), elementary(random));
  const occurs = `OCCURS ${random.integer(0, 2)} TO ${random.integer(2, 4)} DEPENDING ON ${counter}`;
  const name = newName(writer, 'T');
  if (random.chance(0.5)) line(writer, level, name, `${elementary(random).replace(' SYNC', '')} ${occurs}`);
  else writeGroup(writer, level, depth, name, occurs);
}

/** A discriminator `K…`, an area with two more views, and rules by which A, B and C choose one. */
function writeViews(writer: Writer, level: number, depth: number): void {
  const key = newName(writer, 'K');
  const views = [newName(writer, 'V'), newName(writer, 'V'), newName(writer, 'V')];
  line(writer, level, key, 'PIC X');
  const [first = '', ...others] = views;
  line(writer, level, first, 'PIC X(8)');
  for (const view of others) writeGroup(writer, level, depth, `${view} REDEFINES ${first}`, '');
  for (const [index, view] of views.entries()) writer.views.push(`${key}:${'ABC'.charAt(index)}=${view}`);
}

/** Some bit items, which leave bits free before the next byte, or a table of them. */
function writeBits(writer: Writer, level: number): void {
  const { random } = writer;
  for (let left = random.integer(1, 3); left > 0; left--) {
    if (random.chance(0.4)) writeCountedBits(writer, level);
    else if (random.chance(0.2)) writeBitViews(writer, level);
    else line(writer, level, random.chance(0.2) ? 'FILLER' : anyName(writer), bitItem(random));
  }
}

/** Bits, and a group that describes them again. */
function writeBitViews(writer: Writer, level: number): void {
  const { random } = writer;
  const size = random.integer(2, 12);
  const head = random.integer(1, size - 1);
  const first = newName(writer, 'V');
  line(writer, level, first, `PIC 1(${size}) BIT`);
  line(writer, level, bitName(writer), `REDEFINES ${first} GROUP-USAGE BIT`);
  line(writer, level + 5, newName(writer, 'F'), `PIC 1(${head}) BIT`);
  line(writer, level + 5, newName(writer, 'F'), `PIC 1(${size - head}) BIT`);
}

/** A bit counter and its table of bits or of bit groups. */
function writeCountedBits(writer: Writer, level: number): void {
  const { random } = writer;
  const counter = newName(writer, 'N');
  line(writer, level, counter, 'PIC 1(3) BIT');
  if (random.chance(0.3)) line(writer, level, anyName(writer), bitItem(random));
  const occurs = `OCCURS ${random.integer(0, 1)} TO ${random.integer(2, 7)} DEPENDING ON ${counter}`;
  if (random.chance(0.7)) {
    line(writer, level, newName(writer, 'T'), `PIC 1(${random.integer(1, 5)}) BIT ${occurs}`);
    return;
  }
  line(writer, level, bitName(writer), `GROUP-USAGE BIT ${occurs}`);
  line(writer, level + 5, anyName(writer), bitItem(random));
  if (level < deepestLevel && random.chance(0.5)) writeCountedBits(writer, level + 5);
}

/** A bit group, a table of them or one that a counter counts. */
function writeBitGroup(writer: Writer, level: number, depth: number): void {
  const { random } = writer;
  let clauses = random.chance(0.3) ? ` OCCURS ${random.integer(1, 3)}` : '';
  if (random.chance(0.3)) {
    const counter = newName(writer, 'N');
    line(writer, level, counter, 'PIC 1(2) BIT');
    clauses = ` OCCURS 0 TO 3 DEPENDING ON ${counter}`;
  }
  line(writer, level, bitName(writer), `GROUP-USAGE BIT${clauses}`);
  writeBits(writer, level + 5);
  if (depth > 0 && random.chance(0.4)) writeBitGroup(writer, level + 5, depth - 1);
  line(writer, level + 5, anyName(writer), bitItem(random));
}

function bitItem(random: RandomSource): string {
  return `PIC 1(${random.chance(0.8) ? random.integer(1, 9) : random.integer(10, 70)}) BIT`;
}

/** The name of a bit group says that it is one. */
function bitName(writer: Writer): string {
  return newName(writer, 'B').replace('ITEM', 'BITS');
}

function line(writer: Writer, level: number, name: string, clauses: string): void {
  setField(writer, name, clauses);
  writer.lines.push(`${' '.repeat(level)}${`${String(level).padStart(2, '0')} ${name} ${clauses}`.trimEnd()}.`);
}

/** Now and then read a field with a name of its own in another way. */
function setField({ random, fields }: Writer, name: string, clauses: string): void {
  if (!/^F\d+-ITEM$/.test(name) || !/PIC|COMP|BINARY|INDEX|POINTER/.test(clauses)) return;
  const integer = !/COMP-[12]\b|PIC [^ ]*[ANGUXZB$*+\-/]/.test(clauses) || clauses.includes('COMP-X');
  if (integer && random.chance(0.15)) fields.push(`${name}=scale:${random.integer(0, random.pick([2, 38]))}`);
  if (random.chance(0.06)) fields.push(`${name}=${random.pick(['bits', 'hex'])}`);
}

function newName(writer: Writer, letter: string): string {
  writer.names++;
  return `${letter}${writer.names}-ITEM`;
}

/** A name that may well be used twice, or look like one made unique. */
function anyName(writer: Writer): string {
  const { random } = writer;
  return random.chance(0.3) ? random.pick(['AN-ITEM', 'AN-ITEM-2', 'ANITEM', '__PROTO__']) : newName(writer, 'F');
}
