import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { Journal } from '../../src/runtime/embedded/journal.ts';
import { replayJournal } from '../../src/runtime/embedded/replay-journal.ts';
import { topicSource } from '../../src/runtime/embedded/topic-source.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { randomSource } from '../codec/random-source.ts';
import { CrashLoad } from './crash-load.ts';
import { crashSources } from './crash-sources.ts';
import { Copies, HandingSums, handedSource, handedTopic } from './handing-sums.ts';
import { Relay } from './relay.ts';
import { topicsOf } from './topics-of.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const places = [
  ...['before-commit', 'in-commit', 'under-way', 'after-commit', 'before-sink', 'after-sink'],
  ...['before-move', 'after-move', 'in-restore', 'between'],
];

/** What a crash test did and found. */
export interface CrashReport {
  readonly kills: Record<string, number>;
  readonly frames: number;
  /** What was lost, doubled or changed, in words; nothing when all is well. */
  readonly problems: string[];
}

/**
 * Kill the child so many times under load, at random moments and at aimed places, and let it finish; then compare with an uninterrupted
 * run of the journal that it recorded.
 */
export async function crashRounds(folder: string, rounds: number, seed: number): Promise<CrashReport> {
  const source = randomSource(seed);
  const random = (below: number): number => source.integer(0, below - 1);
  const load = new CrashLoad(folder, random);
  const kills: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    load.add(3);
    const place = round % 3 === 0 ? 'random' : (places[random(places.length)] ?? '');
    const number = place === 'in-restore' ? 1 + random(2) : 1 + random(place.endsWith('-move') ? 4 : 12);
    const running = start(folder, [String(1 + random(40)), 'follow', place, String(number)]);
    await ready(running);
    const exited = once(running, 'exit');
    const killing = setTimeout(() => running.kill('SIGKILL'), place === 'random' ? random(120) : 3000);
    while (running.exitCode === null && running.signalCode === null) {
      load.add(1);
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    clearTimeout(killing);
    if (running.signalCode !== 'SIGKILL')
      return failed(kills, load, `the process ended by itself: ${running.exitCode}`);
    kills[place] = (kills[place] ?? 0) + 1;
  }
  load.finish();
  const last = start(folder, ['50', 'end', 'nowhere', '1']);
  const [status] = await once(last, 'exit');
  if (status !== 0) return failed(kills, load, `the last run ended with exit status ${status}`);
  return { kills, frames: load.spooled.length + load.captured.length, problems: await problemsOf(folder, load) };
}

function failed(kills: Record<string, number>, load: CrashLoad, problem: string): CrashReport {
  return { kills, frames: load.spooled.length + load.captured.length, problems: [problem] };
}

function start(folder: string, values: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', child, folder, ...values], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function ready(running: ChildProcess): Promise<void> {
  await Promise.race([once(running.stdout ?? running, 'data'), once(running, 'exit')]);
}

/** What is not as an uninterrupted run of the recorded journal has it, in words. */
export async function problemsOf(folder: string, load: CrashLoad): Promise<string[]> {
  const problems: string[] = [];
  const compare = (what: string, found: unknown, expected: unknown): void => {
    if (JSON.stringify(found) !== JSON.stringify(expected)) problems.push(`${what} differ`);
  };
  const data = openDataDirectory(join(folder, 'data'), { readOnly: true });
  const journal = data.partition(0);
  const sources = crashSources(folder, false);
  const entries = [...new Journal(journal, 'first').replay(0, sources)].flat();
  for (const [input, expected] of [load.spooled, load.captured].entries()) {
    const found = entries.flatMap((entry) => {
      return entry.kind === 'frame' && entry.input === input ? [Buffer.from(entry.bytes).toString('hex')] : [];
    });
    compare(`the journalled frames of input ${input} (${found.length} of ${expected.length})`, found, expected);
  }

  const environment = openMemoryEnvironment();
  const again = { partition: 0, journal, environment };
  await replayJournal({ ...again, pipeline: 'first', sources, process: new HandingSums(environment), entries: 17 });
  const relayed = topicSource({ store: new TopicStore(journal), topic: 'sums', consumer: 'second' });
  await replayJournal({ ...again, pipeline: 'second', sources: [relayed], process: new Relay(), entries: 23 });
  const taken = handedSource(journal, () => true);
  await replayJournal({ ...again, pipeline: 'third', sources: [taken], process: new Copies(), entries: 11 });
  const { [handedTopic]: _read, ...recorded } = topicsOf(journal);
  const { [handedTopic]: handed, ...replayed } = topicsOf(environment);
  compare('the frames that were handed over', recorded['copied'], handed);
  for (const topic of new Set([...Object.keys(recorded), ...Object.keys(replayed)])) {
    compare(`the records of ${topic}`, recorded[topic], replayed[topic]);
  }
  const values = (recorded['sums'] ?? []).map((line) => line.slice(line.indexOf('{')));
  compare(
    'the lines of the file',
    readFileSync(join(folder, 'sums.jsonl'), 'utf8'),
    values.map((line) => `${line}\n`).join(''),
  );
  compare('the relayed records', recorded['relayed']?.length, values.length);
  compare('what is left in the spool', readdirSync(join(folder, 'spool')), ['done']);
  for (const source of sources) source.close();
  await data.close();
  return problems;
}
