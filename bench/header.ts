import { createHeaderReader, prefixLength } from 'overpunch/frames';
import { createReferenceHeaderReader } from '../dist/frames/header/reference-header-reader.js';
import type { Benchmark } from './benchmark.ts';
import { medianTimes } from './median-times.ts';
import { terminalCapture } from './terminal-capture.ts';
import { terminalHeader } from './terminal-header.ts';

const hotBytes = 256 * 1024; // within the second-level cache of any machine
const referenceFrames = 20_000; // it takes microseconds for each

/** Times the header reader on captures: all seven values of every frame. */
export const header: Benchmark = {
  title: 'Reading the header of each frame: type, direction, key, sequence, time, length, flags',
  async run({ quick, rounds }) {
    const source = terminalHeader();
    const { bytes, frames } = terminalCapture((quick ? 32 : 160) << 20);
    const hotCapture = terminalCapture(hotBytes);
    const reader = createHeaderReader(source);
    const hotReader = createHeaderReader(source);
    const reference = createReferenceHeaderReader(source);
    let sink = 0;

    /** The least anyone must do: read a length, go on. */
    const walk = (): number => {
      let count = 0;
      for (let at = prefixLength; at < bytes.length; count++) {
        at += (((bytes[at] as number) << 8) | (bytes[at + 1] as number)) + prefixLength;
      }
      return count;
    };
    const cold = (): number => {
      let count = 0;
      let sum = 0;
      for (let at = prefixLength; reader.at(bytes, at); count++) {
        sum += reader.type + reader.direction + reader.key + reader.sequence + reader.time + reader.flags;
        at += reader.frameLength + prefixLength;
      }
      sink += sum;
      return count;
    };
    const hotOnce = (): number => {
      let count = 0;
      let sum = 0;
      for (let at = prefixLength; hotReader.at(hotCapture.bytes, at); count++) {
        sum +=
          hotReader.type + hotReader.direction + hotReader.key + hotReader.sequence + hotReader.time + hotReader.flags;
        at += hotReader.frameLength + prefixLength;
      }
      sink += sum;
      return count;
    };
    const hot = (): number => {
      let count = 0;
      while (count < frames / 4) count += hotOnce();
      return count;
    };
    const binaryParser = (): number => {
      let at = prefixLength;
      for (let count = 0; count < referenceFrames; count++) {
        const found = reference.read(bytes, at);
        if (found === null) return count;
        sink += found.type + found.direction + found.key + found.sequence + found.time + found.flags;
        at += found.frameLength + prefixLength;
      }
      return referenceFrames;
    };
    if (walk() !== frames || cold() !== frames) throw new Error('not every frame was read');
    if (Number.isNaN(sink)) throw new Error('a header could not be read');
    const times = medianTimes({ walk, cold, hot, binaryParser }, rounds);
    const unit = 'ns';
    return [
      { name: 'header/cold/ns-per-frame', value: times.cold, unit, floor: 60, goal: 40 },
      { name: 'header/hot/ns-per-frame', value: times.hot, unit },
      { name: 'header/walk/ns-per-frame', value: times.walk, unit },
      { name: 'header/binary-parser/ns-per-frame', value: times.binaryParser, unit },
      { name: 'header/cold/times-walk', value: times.cold / times.walk, unit: 'x' },
      { name: 'header/cold/times-faster-than-binary-parser', value: times.binaryParser / times.cold, unit: 'x' },
    ];
  },
};
