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
const warmUp = 0.4; // of the frames: decoders are compiled when frames of their types have come
const catalogFile = fileURLToPath(new URL('../copybooks/itc/catalog.yaml', import.meta.url));
const shares = [0, 0.5, 0.9];

/** Times the whole flow from headers to records, and what it gains by decoding last. */
export const replay: Benchmark = {
  title: 'The pipeline: headers, correlation, decoding of pairs, events, records of topics',
  async run({ quick, rounds }) {
    const catalog = loadCatalog(catalogFile);
    const frames = quick ? 20_000 : 150_000;
    const journal = journalOf(catalog, { seed: 1, frames });
    const times: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const time = await throughPipeline(catalog, journal);
      if (round > 0) times.push(time); // one to warm up
    }
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

/** Generated frames as the batches of a journal that ends. */
function journalOf(catalog: Catalog, options: TrafficOptions): Journal {
  const blocks: Uint8Array[] = [];
  for (const { capture } of generateTraffic(catalog, options)) blocks.push(capture.slice());
  const bytes = Buffer.concat(blocks);
  const cursor = new FrameCursor({ format: 'capture', header: frameCheckOf(catalog) }, bytes);
  const entries: JournalEntry[] = [];
  while (cursor.next()) {
    if (cursor.garbage) continue;
    const frame = bytes.subarray(cursor.offset, cursor.offset + cursor.length);
    entries.push({ kind: 'frame', position: entries.length, input: 0, ingested: null, bytes: frame });
  }
  entries.push({ kind: 'tick', position: entries.length, elapsed: Number.POSITIVE_INFINITY });
  return Array.from({ length: Math.ceil(entries.length / batchLength) }, (_unused, index) => {
    return entries.slice(index * batchLength, (index + 1) * batchLength);
  });
}

/** Nanoseconds of the processor for each frame. */
async function throughPipeline(catalog: Catalog, journal: Journal): Promise<number> {
  const environment = openMemoryEnvironment();
  const pipeline = createPipeline({ pipeline: 'bench', catalog, environment, inputs: ['memory'] });
  const writers = new Map(pipeline.topics.map((topic) => [topic, new RecordWriter()]));
  const topic = (name: string): RecordWriter => writers.get(name) ?? new RecordWriter();
  let started = process.cpuUsage();
  let begun = 0;
  let from = 0;
  for (const [index, messages] of journal.entries()) {
    if (index === Math.floor(journal.length * warmUp)) {
      started = process.cpuUsage();
      begun = from;
    }
    for (const writer of writers.values()) writer.clear();
    await pipeline.run({ partition: 0, messages, from, to: from + messages.length }, { topic });
    environment.commit(() => pipeline.save?.());
    from += messages.length;
  }
  const { user, system } = process.cpuUsage(started);
  if (pipeline.counts.account.requests.matched < 0.4 * from) throw new Error('pairs are missing');
  pipeline.close?.();
  return ((user + system) * 1000) / (from - begun);
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
