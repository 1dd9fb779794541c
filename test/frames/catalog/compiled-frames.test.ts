import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodingSpace } from '../../../src/codec/compiled/decoding-space.ts';
import type { WebAssemblyApi } from '../../../src/codec/compiled/wasm/web-assembly.ts';
import type { Catalog } from '../../../src/frames/catalog/catalog.ts';
import {
  type CompiledFrames,
  type CompiledFramesOptions,
  createCompiledFrames,
} from '../../../src/frames/catalog/create-compiled-frames.ts';
import { createFrameReader } from '../../../src/frames/catalog/create-frame-reader.ts';
import { frameTrace } from '../../../src/frames/catalog/frame-trace.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { createFramer } from '../../../src/frames/framer.ts';
import { frameCheckOf } from '../../../src/frames/header/frame-check-of.ts';
import { generateTraffic } from '../../../src/traffic/generate-traffic.ts';
import { catalogText, copybooks, writeProtocol } from './protocol.ts';

const terminals = loadCatalog(fileURLToPath(new URL('../../../copybooks/itc/catalog.yaml', import.meta.url)));
const small = loadCatalog(writeProtocol());

/** The frames of a capture of generated traffic. */
function traffic(options: Parameters<typeof generateTraffic>[1]): readonly Uint8Array[] {
  const framer = createFramer({ format: 'capture', header: frameCheckOf(terminals) });
  const pieces = [...generateTraffic(terminals, options)].flatMap(({ capture }) =>
    framer.push(Uint8Array.from(capture)),
  );
  return [...pieces, ...framer.end()].flatMap((piece) => (piece.kind === 'record' ? [piece.bytes] : []));
}

interface Seen {
  /** Frames that were decoded. */
  done: number;
  /** Frames without issues that were not. */
  missed: number;
}

/** Decode frames and compare each line with what the frame reader leads to. */
function compare(catalog: Catalog, frames: CompiledFrames, sent: readonly Uint8Array[]): Seen {
  const reader = createFrameReader(catalog);
  const { space } = frames;
  const seen: Seen = { done: 0, missed: 0 };
  space.reserve(
    sent.reduce((sum, { length }) => sum + length, 0),
    sent.length,
  );
  let offset = 0;
  for (const [index, frame] of sent.entries()) {
    space.input.set(frame, offset);
    space.list.set([offset, frame.length], 2 * index);
    offset += frame.length;
  }
  for (let first = 0; first < sent.length; ) {
    space.clear();
    const { done, stopped } = frames.decodeListed(first, sent.length - first);
    const read = sent.slice(first, first + done).map((frame) => reader.read(frame));
    const lines = read.map(({ type, reading }) => `${reading === null ? '' : type?.codec().toJson(reading)}\n`);
    expect(Buffer.from(space.output).toString('utf8')).toBe(lines.join(''));
    for (const { issues } of stopped === 'noted' ? read.slice(0, -1) : read) expect(issues).toEqual([]);
    if (stopped === 'noted') expect(frames.notes).toEqual(read.at(-1)?.issues);
    first += done;
    seen.done += done;
    const refused = sent[first];
    if (stopped !== 'unusual' || refused === undefined) continue;
    if (reader.read(refused).issues.length === 0) seen.missed += 1;
    first += 1;
  }
  return seen;
}

function damaged(frames: readonly Uint8Array[], changes: readonly (readonly [number, number, number])[]): Uint8Array[] {
  const copies = frames.map((frame) => Uint8Array.from(frame));
  for (const [index, at, value] of changes) {
    const frame = copies[index % copies.length];
    if (frame !== undefined && frame.length > 0) frame[at % frame.length] = value;
  }
  return copies;
}

const changes = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 60 });

describe.each(['webassembly', 'javascript'] as const)('compiled frames in a loop of %s', (loop) => {
  it('are those of the frame reader, for traffic with everything that goes wrong', { timeout: 60_000 }, () => {
    const frames = traffic({ seed: 7, frames: 3000, malformed: 0.05, noise: 0.02 });
    const refused: string[] = [];
    const compiled = createCompiledFrames(terminals, {
      loop,
      refuse: ({ name }, reason) => void refused.push(`${name} ${reason}`),
    });
    const { done, missed } = compare(terminals, compiled, frames);
    expect(refused).toEqual([]);
    expect(missed).toBeLessThan(0.01 * done);
    let counted = 0;
    compiled.takeCounts((_, count) => {
      counted += count;
    });
    expect(counted).toBe(done);
  });

  it('are those of the frame reader whatever the bytes are', { timeout: 60_000 }, () => {
    const frames = traffic({ seed: 3, frames: 250 });
    const compiled = createCompiledFrames(terminals, { loop });
    fc.assert(
      fc.property(changes, fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 5 }), (changed, others) => {
        compare(terminals, compiled, [...damaged(frames, changed), ...others]);
      }),
      { numRuns: 30 },
    );
  });

  it('are traced: where the line and the plain frame of each are, and its type', () => {
    const frames = traffic({ seed: 5, frames: 2000, malformed: 0.05, noise: 0.02 });
    const compiled = createCompiledFrames(terminals, { loop });
    const { space } = compiled;
    const reader = createFrameReader(terminals);
    space.reserve(4096, 1000);
    const { room, address } = compiled.makeTraces();
    const most = Math.min(16, room);
    for (let start = 0; start < frames.length; start += most) {
      const sent = frames.slice(start, start + most);
      let offset = 0;
      for (const [index, frame] of sent.entries()) {
        space.input.set(frame, offset);
        space.list.set([offset, frame.length], 2 * index);
        offset += frame.length;
      }
      space.clear();
      const left = new Set<number>();
      for (let index = 0; index < sent.length; ) {
        const { done, stopped } = compiled.traceListed(index, sent.length - index);
        index += done;
        if (stopped === 'unusual') left.add(index++);
      }
      for (const [index, frame] of sent.entries()) {
        if (left.has(index)) continue;
        const { type, reading, plain } = reader.read(frame);
        const part = (at: number): number => space.numbers[(address + frameTrace.size * index + at) >> 2] ?? -1;
        const line = space.bytes.toString('utf8', part(frameTrace.from), part(frameTrace.to));
        expect(line).toBe(`${reading === null ? '' : type?.codec().toJson(reading)}\n`);
        const from = part(frameTrace.plain);
        expect(Buffer.compare(space.bytes.subarray(from, from + part(frameTrace.length)), plain)).toBe(0);
        expect(part(frameTrace.type)).toBe(type?.index);
      }
    }
    expect(() => compiled.traceListed(room, 1)).toThrow(RangeError);
  });

  it('have bodies that are compressed by a flag', () => {
    const reader = createFrameReader(small);
    const value = (flag: number, text: string) => ({
      ...{ 'HDR-LENGTH': 0, 'HDR-TYPE': 'R1', 'HDR-WAY': 'R', 'HDR-FLAGS': { 'HDR-PACKED': flag, 'HDR-AGAIN': 0 } },
      ...{ 'HDR-KEY': 42, 'HDR-NUMBER': 7, 'HDR-TIME': 1_700_000_000, 'R1-STATUS': 0, 'R1-TEXT': text },
    });
    const type = small.typeNamed('R1');
    if (type === undefined) throw new Error('no R1');
    const sent = [0, 1, 1, 0, 1].map(
      (flag, index) => reader.encode(type, value(flag, `TEXT${index}`)).bytes ?? new Uint8Array(),
    );
    const compiled = createCompiledFrames(small, { loop });
    expect(compare(small, compiled, sent)).toEqual({ done: 5, missed: 0 });
    const counts: unknown[] = [];
    compiled.takeCounts(({ name }, frames, bytes) => void counts.push([name, frames, bytes]));
    expect(counts).toEqual([['R1', 5, sent.reduce((sum, { length }) => sum + length, 0)]]);
    compiled.takeCounts(() => expect.unreachable());
    fc.assert(
      fc.property(changes, (changed) => void compare(small, compiled, damaged(sent, changed))),
      { numRuns: 200 },
    );
  });

  it('have bodies that are compressed by a flag when memory must grow for the decoder too', () => {
    const type = small.typeNamed('R1');
    if (type === undefined) throw new Error('no R1');
    const { bytes } = createFrameReader(small).encode(type, {
      ...{ 'HDR-LENGTH': 0, 'HDR-TYPE': 'R1', 'HDR-WAY': 'R', 'HDR-FLAGS': { 'HDR-PACKED': 1, 'HDR-AGAIN': 0 } },
      ...{ 'HDR-KEY': 42, 'HDR-NUMBER': 7, 'HDR-TIME': 1_700_000_000, 'R1-STATUS': 0, 'R1-TEXT': 'TEXT' },
    });
    const space = new DecodingSpace();
    space.reserve(1000, 10);
    const { memory } = space;
    const before = memory.buffer.byteLength;
    while (space.allocate(512).address < before - 2048);
    expect(memory.buffer.byteLength).toBe(before);
    const compiled = createCompiledFrames(small, { loop, space });
    expect(compare(small, compiled, [bytes ?? new Uint8Array(), bytes ?? new Uint8Array()]).done).toBe(2);
    expect(memory.buffer.byteLength).toBeGreaterThan(before);
  });

  it('are cut where their counters say that they end', () => {
    const text = catalogText.replace('role: notice }', 'role: notice, compression: { scheme: cut, fill: blank } }');
    const list = `       01  N1.
           05  N1-COUNT        PIC 9.
           05  N1-TEXT         PIC X(3) OCCURS 0 TO 6 DEPENDING ON N1-COUNT.
`;
    const catalog = loadCatalog(writeProtocol(text, { ...copybooks, 'N1.cpy': list }));
    const reader = createFrameReader(catalog);
    const type = catalog.typeNamed('N1');
    if (type === undefined) throw new Error('no N1');
    const sent = [[], ['ABC'], ['A', ''], ['A', 'B', 'C', 'D', 'E', 'FGH'], ['', '']].map((texts) => {
      const { bytes, issues } = reader.encode(type, {
        ...{ 'HDR-LENGTH': 0, 'HDR-TYPE': 'N1', 'HDR-WAY': 'A', 'HDR-FLAGS': { 'HDR-PACKED': 0, 'HDR-AGAIN': 0 } },
        ...{ 'HDR-KEY': 1, 'HDR-NUMBER': 1, 'HDR-TIME': 1, 'N1-COUNT': texts.length, 'N1-TEXT': texts },
      });
      expect(issues).toEqual([]);
      return bytes ?? new Uint8Array();
    });
    const compiled = createCompiledFrames(catalog, { loop });
    expect(compare(catalog, compiled, sent)).toEqual({ done: 5, missed: 0 });
    fc.assert(
      fc.property(changes, (changed) => void compare(catalog, compiled, damaged(sent, changed))),
      { numRuns: 100 },
    );
  });

  it.each<[string, WebAssemblyApi | null]>([['without WebAssembly', null]])(
    'are the same %s',
    { timeout: 60_000 },
    (_, api) => {
      const frames = traffic({ seed: 5, frames: 800 });
      const { done } = compare(terminals, createCompiledFrames(terminals, { api, loop }), frames);
      expect(done).toBeGreaterThan(0);
    },
  );

  it('are compiled when enough frames of their type have come, and not at all when they are not wanted', () => {
    const frames = traffic({ seed: 5, frames: 300, clean: true });
    const count = (options: CompiledFramesOptions): number =>
      compare(terminals, createCompiledFrames(terminals, { loop, ...options }), frames).done;
    const all = count({});
    const bets = count({ wants: ({ name }) => name === 'T031' });
    const late = count({ wants: ({ name }) => name === 'T031', patience: 10 });
    expect(all).toBeGreaterThan(bets);
    expect(bets).toBeGreaterThan(20);
    expect(late).toBe(bets - 10);
  });

  it('of a type without a copybook are left to the frame reader, which says so', () => {
    const catalog = loadCatalog(writeProtocol(catalogText, { 'N1.cpy': null }));
    const reasons: string[] = [];
    const frames = createCompiledFrames(catalog, {
      loop,
      refuse: ({ name }, reason) => void reasons.push(`${name}: ${reason}`),
    });
    const frame =
      createFrameReader(small).encode(small.typeNamed('N1') ?? expect.unreachable(), {
        ...{ 'HDR-LENGTH': 0, 'HDR-TYPE': 'N1', 'HDR-WAY': 'A', 'HDR-FLAGS': { 'HDR-PACKED': 0, 'HDR-AGAIN': 0 } },
        ...{ 'HDR-KEY': 1, 'HDR-NUMBER': 1, 'HDR-TIME': 1, 'N1-TEXT': 'HI' },
      }).bytes ?? new Uint8Array();
    frames.space.reserve(frame.length, 1);
    frames.space.input.set(frame);
    frames.space.list.set([0, frame.length]);
    expect(frames.decodeListed(0, 1)).toEqual({ done: 0, stopped: 'unusual' });
    expect(reasons).toEqual([expect.stringMatching(/^N1: /)]);
    expect(() => frames.decodeListed(1, 1)).toThrow(RangeError);
  });
});
