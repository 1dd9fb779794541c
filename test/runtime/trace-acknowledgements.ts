import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomSource } from '../codec/random-source.ts';
import { CrashLoad } from './crash-load.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const calls = 'openat,pwrite64,pwritev,writev,write,fdatasync,fsync,rename,renameat,renameat2';

/** Run the child of the crash test to its end under strace; the trace, `null` where strace is not installed. */
export function tracedRun(): string | null {
  if (spawnSync('strace', ['-V']).status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'overpunch-trace-'));
  try {
    const random = randomSource(3);
    const load = new CrashLoad(folder, (below) => random.integer(0, below - 1));
    load.add(5);
    load.finish();
    const trace = join(folder, 'trace');
    const traced = [process.execPath, '--import', 'tsx', child, folder, '40', 'end', 'nowhere', '1'];
    const { status } = spawnSync('strace', ['-f', '-y', '-o', trace, '-e', `trace=${calls}`, ...traced]);
    if (status !== 0) throw new Error(`the traced run ended with exit status ${status}`);
    return readFileSync(trace, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a trace shows. */
export interface Acknowledgements {
  /** Files that were moved away. */
  readonly count: number;
  /** How often something was committed or moved away before what it depends on was on disk. */
  readonly early: number;
}

/**
 * Look in a trace for acknowledgements that did not wait: a commit is a write to LMDB's page of metadata, through a descriptor that syncs by
 * itself; what was written before it has to be synced before it, and a file is moved away only behind it.
 */
export function acknowledgementsIn(trace: string): Acknowledgements {
  const syncing = new Set<string>();
  const unsynced = new Set<string>();
  let uncommitted = false;
  let count = 0;
  let early = 0;
  for (const line of trace.split('\n')) {
    const opened = /openat\(.*O_DSYNC.*= (\d+)<.*partition-0000\/data\.mdb>/.exec(line);
    if (opened !== null) syncing.add(opened[1] ?? '');
    const written = /(?:pwrite64|pwritev|writev|write)\((\d+)<(.*(?:partition-0000\/data\.mdb|sums\.jsonl))>/.exec(
      line,
    );
    const synced = /(?:fdatasync|fsync)\(\d+<(.*)>\)/.exec(line);
    if (synced !== null) unsynced.delete(synced[1] ?? '');
    else if (written !== null && syncing.has(written[1] ?? '')) {
      if (unsynced.size > 0) early++;
      uncommitted = false;
    } else if (written !== null) {
      unsynced.add(written[2] ?? '');
      uncommitted = true;
    } else if (/rename.*\/done\//.test(line)) {
      count++;
      if (uncommitted || unsynced.size > 0) early++;
    }
  }
  return { count, early };
}
