/**
 * What the crash test kills: three pipelines on one data directory, `FOLDER BATCH END DIE`.
 *
 * The first reads `FOLDER/spool` and the growing `FOLDER/capture` into the topic `sums` and the file `FOLDER/sums.jsonl`; the second reads
 * that topic; the third takes frames over from the first in the same commit. With END `end` the inputs end where they are. DIE is where it kills itself: `PLACE NUMBER`, the n-th time it comes there.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { openDataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { Handover } from '../../src/runtime/embedded/handover.ts';
import { runPartition } from '../../src/runtime/embedded/run-partition.ts';
import { topicSource } from '../../src/runtime/embedded/topic-source.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import { jsonlFile } from '../../src/sinks/jsonl-file.ts';
import type { Environment } from '../../src/state/environment.ts';
import type { Source } from '../../src/streams/source.ts';
import { crashSources } from './crash-sources.ts';
import { Copies, HandingSums, handedSource, handedTopic } from './handing-sums.ts';
import { Relay } from './relay.ts';

const [folder = '', batchText = '', end = '', place = '', count = ''] = process.argv.slice(2);
const follow = end !== 'end';
const batch = { frames: Number(batchText) };
let left = Number(count);

function reach(here: string): void {
  if (here === place && --left === 0) process.kill(process.pid, 'SIGKILL');
}

const rename = fs.renameSync;
fs.renameSync = (from, to) => {
  reach('before-move');
  rename(from, to);
  reach('after-move');
};
const sync = fs.fdatasyncSync;
fs.fdatasyncSync = (file) => {
  reach('before-sink');
  sync(file);
  reach('after-sink');
};
syncBuiltinESMExports();

const watched = (environment: Environment): Environment => ({
  table: (name) => environment.table(name),
  attend: (part) => environment.attend(part),
  commit: (work) => environment.commit(work),
  submit(work) {
    reach('before-commit');
    const { result, durable } = environment.submit(() => {
      const inside = work();
      reach('in-commit');
      return inside;
    });
    reach('under-way');
    return { result, durable: durable.then(() => reach('after-commit')) };
  },
  durable: () => environment.durable(),
  renew: () => environment.renew(),
  get size() {
    return environment.size;
  },
  close: () => environment.close(),
});

/** Die while it goes back to where it was. */
const restoring = (source: Source): Source => {
  const open = source.open.bind(source);
  source.open = (position) => {
    open(position);
    reach('in-restore');
  };
  return source;
};

const data = openDataDirectory(join(folder, 'data'));
const environment = watched(data.partition(0));
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.stdout.write('ready\n');
const handover = new Handover(handedTopic);
const common = { partition: 0, environment, batch, poll: 5, idle: { after: 20, tick: 20 } };
const first = runPartition(
  {
    ...common,
    pipeline: 'first',
    sources: crashSources(folder, follow).map(restoring),
    process: new HandingSums(environment),
    hands: handover,
    outputs: { sums: { sinks: [jsonlFile({ path: join(folder, 'sums.jsonl'), name: 'jsonl' })] } },
  },
  stop.signal,
);
const second = (whole: boolean): Promise<unknown> => {
  const store = new TopicStore(environment);
  const sources = [topicSource({ store, topic: 'sums', consumer: 'second', follow: !whole })];
  return runPartition({ ...common, pipeline: 'second', sources, process: new Relay() }, stop.signal);
};
let over = false;
const third = runPartition(
  {
    ...common,
    pipeline: 'third',
    sources: [handedSource(environment, () => over)],
    process: new Copies(() => reach('between')),
    takes: { handover, input: 0 },
  },
  stop.signal,
);
void first.then(() => (over = true));
if (follow) await Promise.all([first, second(false), third]);
else await Promise.all([first.then(() => second(true)), third]);
await data.close();
