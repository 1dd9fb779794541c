import { createHeaderReader, FrameCursor, frameCheckOf, prefixLength } from 'overpunch/frames';
import type { Benchmark } from './benchmark.ts';
import { medianTimes } from './median-times.ts';
import { terminalCapture } from './terminal-capture.ts';
import { terminalHeader } from './terminal-header.ts';

const perSecond = 1e9; // ns

/** Times cutting a capture in memory into frames: alone, and with the header of each. */
export const framing: Benchmark = {
  title: 'Cutting a capture into frames, each checked against its header',
  async run({ quick, rounds }) {
    const source = terminalHeader();
    const { bytes, frames } = terminalCapture((quick ? 32 : 160) << 20);
    const format = { format: 'capture', header: frameCheckOf(source) } as const;
    const reader = createHeaderReader(source);
    let sink = 0;

    const walk = (): number => {
      let count = 0;
      for (let at = 0; at < bytes.length; count++) {
        at += (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)) + prefixLength;
      }
      return count;
    };
    const alone = (): number => {
      const cursor = new FrameCursor(format, bytes);
      let count = 0;
      while (cursor.next()) if (!cursor.garbage) count++;
      return count;
    };
    const withHeader = (): number => {
      const cursor = new FrameCursor(format, bytes);
      let count = 0;
      let sum = 0;
      while (cursor.next()) {
        if (cursor.garbage || !reader.at(bytes, cursor.offset)) continue;
        sum += reader.type + reader.direction + reader.key + reader.sequence + reader.time + reader.flags;
        count++;
      }
      sink += sum;
      return count;
    };
    if (alone() !== frames || withHeader() !== frames) throw new Error('not every frame was found');
    if (Number.isNaN(sink)) throw new Error('a header could not be read');
    const times = medianTimes({ walk, alone, withHeader }, rounds);
    const unit = 'frames/s';
    return [
      {
        name: 'framing/header/frames-per-second',
        value: perSecond / times.withHeader,
        unit,
        floor: 5_000_000,
        goal: 10_000_000,
      },
      { name: 'framing/alone/frames-per-second', value: perSecond / times.alone, unit },
      { name: 'framing/walk/frames-per-second', value: perSecond / times.walk, unit },
    ];
  },
};
