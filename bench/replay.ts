import { fileURLToPath } from 'node:url';
import { type Catalog, createHeaderReader, FrameCursor, frameCheckOf, loadCatalog } from 'overpunch/frames';
import { createPipeline } from 'overpunch/pipeline';
import { RecordWriter } from 'overpunch/runtime';
import { openMemoryEnvironment } from 'overpunch/state';
import { createCorrelator, type JournalEntry, readHeaders } from 'overpunch/streams';
import { generateTraffic, type TrafficOptions } from 'overpunch/traffic';
import { FrameDecoder, type FramePair } from '../dist/pipeline/frame-decoder.js';
import type { Benchmark, Figure } from './benchmark.ts';
import { median, medianTimes } from './median-times.ts';

const perSecond = 1e9; // ns
const batchLength = 1000;
/** Frames before times are taken, until the decoders of all types are compiled and the code is optimised, and frames of a round. */
const longRun: Run = { warmUp: 200_000, round: 40_000 };
const shortRun: Run = { warmUp: 20_000, round: 10_000 };
const catalogFile = fileURLToPath(new URL('../copybooks/itc/catalog.yaml', import.meta.url));
const shares = [0, 0.5, 0.9];

/** Times the whole flow from headers to records, and what it gains by decoding last. */
export const replay: Benchmark = {
  title: 'The pipeline: headers, correlation, decoding of pairs, events, records of topics',
  async run({ quick, rounds }) {
    const catalog = loadCatalog(catalogFile);
    const frames = quick ? 20_000 : 150_000;
    const times = await throughPipeline(catalog, rounds, quick ? shortRun : longRun);
    const figures: Figure[] = [
      {
        name: 'replay/frames-per-second',
        value: perSecond / median(times),
        unit: 'frames/s',
        floor: 150_000,
        goal: 400_000,
      },
    ];
    for (const missing of shares) {
      const batches = journalOf(catalog, { seed: 1, frames, clean: true, missing });
      const decoder = new FrameDecoder(catalog);
      const measured = medianTimes(
        {
          first: () => headerFirst(catalog, batches, decoder),
          everything: () => decodeEverything(catalog, batches, decoder),
        },
        rounds,
      );
      const name = `replay/unmatched-${Math.round(missing * 100)}`;
      const unit = 'frames/s';
      figures.push(
        { name: `${name}/header-first`, value: perSecond / measured.first, unit },
        { name: `${name}/decode-everything`, value: perSecond / measured.everything, unit },
        { name: `${name}/times-faster`, value: measured.everything / measured.first, unit: 'x', rising: true },
      );
    }
    return figures;
  },
};

type Journal = readonly (readonly JournalEntry[])[];

interface Run {
  readonly warmUp: number;
  readonly round: number;
}

/** Generated frames as the batches of a journal that ends. */
function journalOf(catalog: Catalog, options: TrafficOptions): Journal {
  const entries = [...framesOf(catalog, options)];
  return inBatches([...entries, { kind: 'tick', position: entries.length, elapsed: Number.POSITIVE_INFINITY }]);
}

/** Generated frames as entries of a journal. */
function* framesOf(catalog: Catalog, options: TrafficOptions): Generator<JournalEntry> {
  const blocks: Uint8Array[] = [];
  for (const { capture } of generateTraffic(catalog, options)) blocks.push(capture.slice());
  const bytes = Buffer.concat(blocks);
  const cursor = new FrameCursor({ format: 'capture', header: frameCheckOf(catalog) }, bytes);
  for (let position = 0; cursor.next(); ) {
    if (cursor.garbage) continue;
    const frame = bytes.subarray(cursor.offset, cursor.offset + cursor.length);
    yield { kind: 'frame', position: position++, input: 0, ingested: null, bytes: frame };
  }
}

function inBatches(entries: readonly JournalEntry[]): Journal {
  return Array.from({ length: Math.ceil(entries.length / batchLength) }, (_unused, index) => {
    return entries.slice(index * batchLength, (index + 1) * batchLength);
  });
}

/** Nanoseconds of the processor for each frame, round by round, of one pipeline that goes on and on. */
async function throughPipeline(catalog: Catalog, rounds: number, { warmUp, round }: Run): Promise<number[]> {
  const environment = openMemoryEnvironment();
  const pipeline = createPipeline({ pipeline: 'bench', catalog, environment, inputs: ['memory'] });
  const writers = new Map(pipeline.topics.map((topic) => [topic, new RecordWriter()]));
  const topic = (name: string): RecordWriter => writers.get(name) ?? new RecordWriter();
  const frames = framesOf(catalog, { seed: 1, frames: warmUp + rounds * round });
  const times: number[] = [];
  let from = 0;
  for (let turn = 0; turn <= rounds; turn++) {
    const entries = firstOf(frames, turn === 0 ? warmUp : round);
    const batches = inBatches(entries);
    const started = process.cpuUsage();
    for (const messages of batches) {
      for (const writer of writers.values()) writer.clear();
      await pipeline.run({ partition: 0, messages, from, to: from + messages.length }, { topic });
      environment.commit(() => pipeline.save?.());
      from += messages.length;
    }
    const { user, system } = process.cpuUsage(started);
    if (turn > 0) times.push(((user + system) * 1000) / entries.length);
  }
  if (pipeline.counts.account.requests.matched < 0.4 * from) throw new Error('pairs are missing');
  pipeline.close?.();
  return times;
}

function firstOf<Item>(items: Iterator<Item>, count: number): Item[] {
  const taken: Item[] = [];
  while (taken.length < count) {
    const item = items.next();
    if (item.done === true) break;
    taken.push(item.value);
  }
  return taken;
}

function headerFirst(catalog: Catalog, journal: Journal, decoder: FrameDecoder): number {
  const header = createHeaderReader(catalog);
  const correlator = createCorrelator(catalog.correlation);
  let from = 0;
  for (const messages of journal) {
    const batch = { partition: 0, messages, from, to: from + messages.length };
    decodeAll(decoder, correlator.correlate(readHeaders(batch, header)).messages);
    from += messages.length;
  }
  return from;
}

function decodeEverything(catalog: Catalog, journal: Journal, decoder: FrameDecoder): number {
  const header = createHeaderReader(catalog);
  const correlator = createCorrelator(catalog.correlation);
  let from = 0;
  for (const messages of journal) {
    decodeAll(decoder, inTwos(messages));
    const batch = { partition: 0, messages, from, to: from + messages.length };
    correlator.correlate(readHeaders(batch, header));
    from += messages.length;
  }
  return from;
}

function decodeAll(decoder: FrameDecoder, pairs: readonly FramePair[]): void {
  let decoded = 0;
  for (const { from, to } of decoder.decode(pairs)) decoded += to - from;
  if (decoded !== pairs.length) throw new Error('pairs are missing');
}

/** The decoder takes two frames at a time, whether they belong together or not. */
function inTwos(messages: readonly JournalEntry[]): FramePair[] {
  const frames = messages.filter((entry) => entry.kind === 'frame');
  return Array.from({ length: Math.ceil(frames.length / 2) }, (_unused, index) => {
    const request = frames[2 * index] as FramePair['request'];
    return { request, response: frames[2 * index + 1] ?? request };
  });
}
