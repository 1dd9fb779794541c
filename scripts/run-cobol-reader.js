import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numberOf, readValue } from './cobol-output.js';

/** The compiler of the fixtures: others may lay out or edit differently. */
export const readerCompiler = 'cobc (GnuCOBOL) 3.1.2.0';

/** What `cobc` says that it is, null when there is none. */
export function installedCompiler() {
  const version = spawnSync('cobc', ['--version'], { encoding: 'utf8' });
  return version.error === undefined ? (version.stdout.split('\n')[0] ?? '') : null;
}

/** The arguments of `cobc` for a variant of a case. */
export function compilerArguments(variant) {
  return [...variant.flags, '-x', '-o', 'read', `read-${variant.organization}.cob`];
}

/**
 * Compile the program of a variant in a folder of its own and let it read a file: one object a record, of references and what
 * was printed for them.
 */
export function runReader(folder, variant, program, data) {
  const work = mkdtempSync(join(tmpdir(), 'cobol-reader-'));
  try {
    for (const member of readdirSync(folder).filter((name) => name.endsWith('.cpy'))) {
      cpSync(join(folder, member), join(work, member));
    }
    writeFileSync(join(work, `read-${variant.organization}.cob`), program);
    writeFileSync(join(work, 'data'), data);
    const compiled = spawnSync('cobc', compilerArguments(variant), { cwd: work, encoding: 'utf8', timeout: 60_000 });
    if (compiled.status !== 0) throw new Error(compiled.stderr.trim());
    // DD_data and the like would name another file.
    const env = { PATH: process.env.PATH, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH ?? '', LC_ALL: 'C' };
    const limits = { timeout: 20_000, maxBuffer: 64 * 2 ** 20 };
    const ran = spawnSync('./read', [], { cwd: work, ...limits, encoding: 'latin1', env });
    if (ran.status !== 0 || ran.stderr !== '') {
      throw new Error(`the program ended with ${ran.status ?? ran.signal}: ${ran.stderr}`);
    }
    return printedRows(ran.stdout);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function printedRows(output) {
  const rows = [];
  for (const line of output.split('\n').slice(0, -1)) {
    const [letter, item, ...rest] = line.split('|');
    if (letter === 'R') rows.push({});
    else rows.at(-1)[item] = printedValue(letter, rest.join('|'));
  }
  return rows;
}

/** Edited items are also printed again, as the program edits the number. */
function printedValue(letter, rest) {
  if (letter !== 'E') return readValue(letter, rest);
  const [digits, text, again] = rest.split('|');
  return { number: numberOf(digits), text, again };
}
