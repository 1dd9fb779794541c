import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomSource } from '../codec/random-source.ts';
import { CrashLoad } from './crash-load.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const calls = 'openat,pwrite64,pwritev,writev,write,fdatasync,fsync,rename,renameat,renameat2';

/** Whether there is strace, and it may trace. */
export const hasStrace: boolean = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/**
 * Run the child of the crash test to its end under strace, and give the trace. With `syncs` false the kernel is never asked to sync: strace answers
 * in its place.
 */
export async function tracedRun(syncs = true): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'overpunch-trace-'));
  try {
    const random = randomSource(3);
    const load = new CrashLoad(folder, (below) => random.integer(0, below - 1));
    load.add(5);
    load.finish();
    const trace = join(folder, 'trace');
    const traced = [process.execPath, '--import', 'tsx', child, folder, '40', 'end', 'nowhere', '1'];
    const without = syncs ? [] : ['-e', 'inject=fdatasync,fsync:retval=0'];
    const options = ['-f', '--seccomp-bpf', '-y', '-o', trace, '-e', `trace=${calls}`, ...without];
    const [status] = (await once(spawn('strace', [...options, ...traced], { stdio: 'ignore' }), 'exit')) as [number];
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
  for (const line of wholeCalls(trace)) {
    const opened = /openat\(.*O_DSYNC.*= (\d+)<.*partition-0000\/data\.mdb>/.exec(line);
    if (opened !== null) syncing.add(opened[1] ?? '');
    const written = /(?:pwrite64|pwritev|writev|write)\((\d+)<(.*(?:partition-0000\/data\.mdb|sums\.jsonl))>/.exec(
      line,
    );
    const synced = line.includes('(INJECTED)') ? null : /(?:fdatasync|fsync)\(\d+<(.*)>\)/.exec(line);
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

/** The calls of a trace in the order in which they ended. */
function wholeCalls(trace: string): string[] {
  const begun = new Map<string, string>();
  return trace.split('\n').flatMap((line) => {
    const process = line.slice(0, line.indexOf(' '));
    if (line.endsWith(' <unfinished ...>')) {
      begun.set(process, line.slice(0, -' <unfinished ...>'.length));
      return [];
    }
    const rest = /<\.\.\. \w+ resumed>(.*)$/.exec(line);
    return [rest === null ? line : `${begun.get(process) ?? ''}${rest[1] ?? ''}`];
  });
}
