import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../c', import.meta.url));

/** Say why there is no C compiler to compare with; `null` when there is one. */
export function compilerMissing(): string | null {
  const { error, status } = spawnSync('gcc', ['--version'], { stdio: 'ignore' });
  return error === undefined && status === 0 ? null : 'there is no gcc here';
}

/** Generated C that a program is compiled with. */
export interface GeneratedC {
  /** See scalarTables. */
  readonly tables: string;
  /** See scalarDecoder. */
  readonly decoder: string;
  /** As measure.c counts them. */
  readonly framing: 0 | 1 | 2;
}

/** Compile a program of bench/c with `gcc -O3`. Returns its path; throws with what the compiler says. */
export function compileC(folder: string, name: string, program: string, generated?: GeneratedC): string {
  const own = join(folder, `${name}-${program}-c`);
  const target = join(folder, `${name}-${program}`);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'tables.h'), generated?.tables ?? '');
  writeFileSync(join(own, 'rec.h'), generated?.decoder ?? '');
  const defines = ['-DREC="rec.h"', `-DFRAMING=${generated?.framing ?? 0}`];
  const flags = ['-O3', '-w', ...defines, `-I${own}`, `-I${sources}`, join(sources, `${program}.c`), '-o', target];
  const { status, stderr } = spawnSync('gcc', flags, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`gcc ${flags.join(' ')}\n${stderr}`);
  return target;
}
