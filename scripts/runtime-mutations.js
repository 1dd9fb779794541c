/** What `npm run mutants` does to the embedded runtime, to sinks, and to what is spilled and drained. */
import { spawnSync } from 'node:child_process';

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!hasStrace) console.warn('strace is not installed: mutants that leave out syncing are NOT tried');

const partition = ['test/runtime/partition.test.ts'];
const idleness = ['test/runtime/idleness.test.ts', 'test/runtime/outage.test.ts'];
const trace = ['test/runtime/acknowledgements.test.ts'];
const drained = ['test/pipeline/drain.test.ts'];
const run = 'src/runtime/embedded/run-partition.ts';
const idle = 'src/runtime/embedded/idle-watch.ts';
const process = 'src/runtime/embedded/process-entries.ts';

const withoutSyncs = [
  {
    name: 'runtime: commits are not synced',
    file: 'src/state/open-lmdb-environment.ts',
    from: 'overlappingSync: false,',
    to: 'overlappingSync: false, noSync: true,',
    tests: trace,
  },
  {
    name: 'runtime: lines are not synced',
    file: 'src/sinks/jsonl-file.ts',
    from: 'fdatasyncSync(this.#file);',
    to: '',
    tests: trace,
  },
];

export const runtimeMutations = [
  {
    name: 'runtime: files are acknowledged before the commit',
    file: run,
    from: 'this.#unacknowledged.add(index);',
    to: 'this.#unacknowledged.add(index);\n      this.#sources[index]?.committed?.(read.position);',
    tests: partition,
  },
  {
    name: 'runtime: nothing is acknowledged again after a crash',
    file: run,
    from: "if (typeof position === 'string') source.committed?.(position); // the crash may have come before it",
    to: 'void [source, position];',
    tests: partition,
  },
  {
    name: 'runtime: the positions of sinks are forgotten',
    file: run,
    from: 'sinks: this.#outputs.sinkPositions(),',
    to: 'sinks: {},',
    tests: partition,
  },
  {
    name: 'runtime: the positions of sources are forgotten',
    file: run,
    from: 'return { name, position: this.#positions[index] ?? null,',
    to: 'return { name, position: null,',
    tests: partition,
  },
  {
    name: 'runtime: what was journalled and not processed is passed over',
    file: run,
    from: 'if (processed < journalled) {',
    to: 'if (processed > journalled) {',
    tests: partition,
  },
  {
    name: 'runtime: a batch is journalled without being counted',
    file: run,
    from: 'journalled += batch.entries.length;',
    to: 'journalled += Math.min(1, batch.entries.length);',
    tests: partition,
  },
  {
    name: 'runtime: the state is not part of the commit',
    file: run,
    from: 'process.save?.();',
    to: '',
    tests: partition,
  },
  {
    name: 'runtime: outputs are not part of the commit',
    file: run,
    from: 'this.#outputs.commit();',
    to: '',
    tests: partition,
  },
  {
    name: 'runtime: sinks are not waited for',
    file: 'src/runtime/embedded/committed-outputs.ts',
    from: 'for (const sink of sinks) await sink.write(records, batch);',
    to: 'for (const sink of sinks) void sink.write(records, batch);',
    tests: idleness,
  },
  {
    name: 'runtime: an input is idle during backpressure',
    file: run,
    from: '    await processEntries(processing, entries, from);\n  }',
    to: '    const began = this.#clock.now();\n    await processEntries(processing, entries, from);\n    const statuses = this.#sources.map((source) => source.status);\n    this.#watch.waited(this.#clock.now() - began, statuses);\n  }',
    tests: idleness,
  },
  {
    name: 'runtime: time passes while a connection is broken',
    file: idle,
    from: "else if (status === 'caught-up') {",
    to: "else if (status === 'caught-up' || status === 'disconnected') {",
    tests: idleness,
  },
  {
    name: 'runtime: time passes while the machine sleeps',
    file: run,
    from: 'return Math.min(pause, this.#clock.now() - before);',
    to: 'return this.#clock.now() - before;',
    tests: idleness,
  },
  {
    name: 'runtime: inputs are idle after a start',
    file: idle,
    from: 'return this.#inputs.flatMap((_input, index) => this.#mark(index, false));',
    to: 'return [];',
    tests: idleness,
  },
  {
    name: 'runtime: one idle input is enough for a tick',
    file: idle,
    from: 'return this.#inputs.every((input) => input.idle);',
    to: 'return this.#inputs.some((input) => input.idle);',
    tests: idleness,
  },
  {
    name: 'runtime: ticks come before the first frame',
    file: idle,
    from: 'if (this.#begun && this.#elapsed >= this.#tick) {',
    to: 'if (this.#elapsed >= this.#tick) {',
    tests: idleness,
  },
  {
    name: 'runtime: an idle input stays idle with its next frame',
    file: idle,
    from: 'if (input !== undefined) input.silent = 0;\n    return this.#mark(index, false);',
    to: 'if (input !== undefined) input.silent = 0;\n    return [];',
    tests: idleness,
  },
  {
    name: 'runtime: what comes while silence is told counts as silence',
    file: run,
    from: 'if (batch.entries.length > 0) return;\n    const statuses',
    to: 'const statuses',
    tests: idleness,
  },
  {
    name: 'runtime: the second half of a batch that failed is lost',
    file: process,
    from: 'return await processEntries(options, entries.slice(middle), from + middle);',
    to: 'return;',
    tests: partition,
  },
  {
    name: 'runtime: state stays as an operator left it that failed',
    file: process,
    from: 'process.rollback?.();',
    to: '',
    tests: partition,
  },
  {
    name: 'runtime: outputs stay of an operator that failed',
    file: process,
    from: 'outputs.clear();\n    const [entry]',
    to: 'const [entry]',
    tests: ['test/runtime/partition.test.ts', 'test/runtime/operators.test.ts'],
  },
  {
    name: 'runtime: what changes partition is not deduplicated',
    file: 'src/runtime/embedded/repartition.ts',
    from: 'new TopicReader(store, outgoing, offsets[source] ?? 0)',
    to: 'new TopicReader(store, outgoing, 0 * offsets.length * source)',
    tests: ['test/runtime/repartition.test.ts'],
  },
  {
    name: 'runtime: retention drops what a consumer has not read',
    file: 'src/runtime/embedded/topic-store.ts',
    from: 'if (next === undefined || next.from > needed || !past(',
    to: 'if (next === undefined || needed < 0 || !past(',
    tests: ['test/runtime/topic-store.test.ts'],
  },
  {
    name: 'runtime: lines behind the last commit stay',
    file: 'src/sinks/jsonl-file.ts',
    from: 'if (size > this.#length) ftruncateSync(this.#file, this.#length);',
    to: '',
    tests: ['test/sinks/jsonl-file.test.ts', 'test/runtime/partition.test.ts'],
  },
  {
    name: 'runtime: a frame goes on where its word ended',
    file: 'src/sources/frame-file.ts',
    from: ': last.offset + last.length;',
    to: ': account.records + account.words + account.garbage;',
    tests: ['test/sources/capture-file.test.ts'],
  },
  {
    name: 'spill: a frame that was let go of is empty',
    file: 'src/streams/pending-frames.ts',
    from: 'if (bytes === null || bytes === undefined) return this.committed?.(position) ?? noBytes;',
    to: 'if (bytes === null || bytes === undefined) return position < 0 ? noBytes : new Uint8Array(1);',
    tests: ['test/streams/spill.test.ts'],
  },
  {
    name: 'spill: frames are let go of before they are committed',
    file: 'src/streams/pending-frames.ts',
    from: 'this.held += bytes.length + perFrame;',
    to: 'this.held += bytes.length + perFrame;\n    this.spill();',
    tests: ['test/streams/spill.test.ts'],
  },
  {
    name: 'spill: memory has no limit',
    file: 'src/streams/pending-frames.ts',
    from: 'left > 0 && this.held > this.limit',
    to: 'left > 0 && this.held > Number.POSITIVE_INFINITY',
    tests: ['test/streams/spill.test.ts'],
  },
  {
    name: 'drain: what was counted is forgotten',
    file: 'src/pipeline/correlation-table.ts',
    from: 'this.#saveCounts(this.account);',
    to: 'this.#saveCounts(null);',
    tests: drained,
  },
  {
    name: 'drain: what is open is forgotten instead of closed',
    file: 'src/pipeline.ts',
    from: 'drain?.isDrained !== true',
    to: 'drain === null',
    tests: drained,
  },
  {
    name: 'drain: what is open is closed by the new settings',
    file: 'src/pipeline.ts',
    from: 'const correlation = drain?.rule ?? options.correlation;',
    to: 'const { correlation } = options;',
    tests: drained,
  },
  {
    name: 'drain: new partitions read all from the beginning',
    file: 'src/pipeline/drained-directory.ts',
    from: 'progress.put(pipeline, { ...progress.get(pipeline), inputs })',
    to: 'progress.put(pipeline, { ...progress.get(pipeline), inputs: inputs.slice(0, 0) })',
    tests: drained,
  },
  {
    name: 'drain: a directory is released while another pipeline has state in it',
    file: 'src/pipeline/drained-directory.ts',
    from: 'if (waiting.length > 0) return waiting;',
    to: '',
    tests: drained,
  },
  ...(hasStrace ? withoutSyncs : []),
];
