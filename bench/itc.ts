import { fileURLToPath } from 'node:url';
import { createFrameReader, createHeaderReader, FrameCursor, frameCheckOf, loadCatalog } from 'overpunch/frames';
import { generateTraffic } from 'overpunch/traffic';
import type { Benchmark } from './benchmark.ts';
import { medianTimes } from './median-times.ts';

const perSecond = 1e9; // ns
const catalogFile = fileURLToPath(new URL('../copybooks/itc/catalog.yaml', import.meta.url));

/** Times decoding the traffic of the sample protocol, all types of it mixed, from memory. */
export const itc: Benchmark = {
  title: 'Decoding the traffic of the sample protocol: type, direction, decompression, every field',
  async run({ quick, rounds }) {
    const catalog = loadCatalog(catalogFile);
    const wanted = quick ? 10_000 : 50_000;
    const blocks: Uint8Array[] = [];
    for (const { capture } of generateTraffic(catalog, { seed: 1, frames: wanted })) blocks.push(capture.slice());
    const bytes = Buffer.concat(blocks);
    const format = { format: 'capture', header: frameCheckOf(catalog) } as const;
    const frames: Uint8Array[] = [];
    const cursor = new FrameCursor(format, bytes);
    while (cursor.next()) {
      if (!cursor.garbage) frames.push(bytes.subarray(cursor.offset, cursor.offset + cursor.length));
    }
    const reader = createFrameReader(catalog);
    const view = createHeaderReader(catalog);
    const codecs = catalog.types.map((type) => type.codec());
    const decoded = frames.filter((frame) => reader.read(frame).reading !== null).length;
    if (frames.length < wanted || decoded < 0.98 * frames.length) throw new Error('frames are missing');
    let sink = 0;

    /** The least anyone must do: look at each header. */
    const walk = (): number => {
      for (const frame of frames) if (view.at(frame, 0)) sink += view.type + view.frameLength;
      return frames.length;
    };
    const read = (): number => {
      for (const frame of frames) sink += reader.read(frame).issues.length;
      return frames.length;
    };
    const json = (): number => {
      for (const frame of frames) {
        const { type, reading } = reader.read(frame);
        if (type !== null && reading !== null) sink += codecs[type.index]?.toJson(reading).length ?? 0;
      }
      return frames.length;
    };
    const times = medianTimes({ walk, read, json }, rounds);
    if (sink === 0) throw new Error('nothing was read');
    const unit = 'frames/s';
    return [
      { name: 'itc/read/frames-per-second', value: perSecond / times.read, unit, floor: 100_000, goal: 200_000 },
      { name: 'itc/json/frames-per-second', value: perSecond / times.json, unit },
      { name: 'itc/walk/frames-per-second', value: perSecond / times.walk, unit },
      { name: 'itc/read/times-walk', value: times.read / times.walk, unit: 'x' },
    ];
  },
};
