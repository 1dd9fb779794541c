import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameWriter, type WritableFormat } from '../../src/frames/create-frame-writer.ts';
import type { WordOptions } from '../../src/frames/descriptor-word.ts';
import type { SkipOptions } from '../../src/frames/framer.ts';
import { type SurroundedFrame, surroundedFrames } from '../../src/frames/surrounded-frames.ts';
import { writtenBytes } from '../../src/frames/written-account.ts';
import { cut } from './cut.ts';

const words: fc.Arbitrary<WordOptions> = fc.record(
  {
    endian: fc.constantFrom('big' as const, 'little' as const),
    inclusive: fc.boolean(),
    position: fc.constantFrom(0 as const, 2 as const),
    adjustment: fc.integer({ min: -9, max: 4 }),
  },
  { requiredKeys: [] },
);
const skips = fc.record({ recordStart: fc.nat(3), recordEnd: fc.nat(3) });
const records = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });

interface WrittenFile {
  readonly bytes: Uint8Array;
  readonly taken: readonly Uint8Array[];
}

/** The file that a writer makes of records, and those that it took. */
function writeAll(
  given: readonly Uint8Array[],
  format: WritableFormat,
  skip: SkipOptions = {},
  blockSize = 64,
): WrittenFile {
  const writer = createFrameWriter(format, skip, { blockSize });
  const parts: Uint8Array[] = [];
  const taken: Uint8Array[] = [];
  for (const record of given) {
    const added = writer.add(record, null);
    if ('code' in added) continue;
    taken.push(record);
    parts.push(...added);
  }
  parts.push(...writer.end(null));
  const bytes = Uint8Array.from(Buffer.concat(parts));
  expect(writtenBytes(writer.account)).toBe(bytes.length);
  return { bytes, taken };
}

function expectSame(given: readonly Uint8Array[], format: WritableFormat, skip: SkipOptions): void {
  const { bytes, taken } = writeAll(given, format, skip);
  const { pieces } = cut(bytes, format, { skip });
  expect(pieces.map((piece) => [piece.kind, ...piece.bytes])).toEqual(taken.map((record) => ['record', ...record]));
}

async function surrounded(bytes: Uint8Array, format: WritableFormat, skip: SkipOptions) {
  const source = surroundedFrames(
    (async function* () {
      for (let at = 0; at < bytes.length; at += 5) yield bytes.slice(at, at + 5);
    })(),
    format,
    skip,
  );
  const frames: SurroundedFrame[] = [];
  for (;;) {
    const turn = await source.next();
    if (turn.done === true) return { frames, ends: turn.value };
    frames.push(...turn.value);
  }
}

describe('what is written is framed as it was', () => {
  it('as records of one length', () => {
    const all = fc.array(fc.uint8Array({ minLength: 6, maxLength: 6 }));
    const check = (given: Uint8Array[], skip: SkipOptions): void => {
      const recordLength = 6 + (skip.recordStart ?? 0) + (skip.recordEnd ?? 0);
      expectSame(given, { format: 'fixed', recordLength }, skip);
    };
    fc.assert(fc.property(all, skips, check));
  });

  it('as records that say their length', () => {
    const recordLength = { reach: 1, of: (bytes: Uint8Array) => bytes[0] ?? null };
    fc.assert(fc.property(records, (given) => expectSame(given, { format: 'fixed', recordLength }, {})));
    const own = fc.array(fc.uint8Array({ maxLength: 9 }).map((rest) => Uint8Array.of(rest.length + 1, ...rest)));
    fc.assert(
      fc.property(own, (given) => {
        expect(writeAll(given, { format: 'fixed', recordLength }).taken).toEqual(given);
        expectSame(given, { format: 'fixed', recordLength }, {});
      }),
    );
  });

  it('behind record descriptor words of every kind', () => {
    fc.assert(
      fc.property(records, words, skips, (given, rdw, skip) => expectSame(given, { format: 'rdw', rdw }, skip)),
    );
  });

  it('in blocks with words of every kind', () => {
    const check = (given: Uint8Array[], rdw: WordOptions, bdw: WordOptions, skip: SkipOptions): void => {
      const { adjustment: _, ...block } = bdw;
      expectSame(given, { format: 'bdw', rdw, bdw: block }, skip);
    };
    fc.assert(fc.property(records, words, words, skips, check));
  });

  it('as lines', () => {
    const check = (given: Uint8Array[], lineEnds: 'ascii' | 'ebcdic', skip: SkipOptions): void =>
      expectSame(given, { format: 'text', lineEnds }, skip);
    fc.assert(fc.property(records, fc.constantFrom('ascii', 'ebcdic'), skips, check));
  });
});

describe('with an original', () => {
  const formats: readonly (readonly [string, WritableFormat, string, SkipOptions])[] = [
    ['line ends and empty lines', { format: 'text' }, '\n\nab\r\n\ncd\nef', {}],
    ['a last line with its end', { format: 'text' }, 'ab\r\n\r\n', {}],
    ['bytes beside a length', { format: 'rdw' }, '\0\x06\x07\x08ab\0\x05\0\0c', {}],
    [
      'blocks, empty and extended ones too',
      { format: 'bdw' },
      '\0\x04\0\0\x80\0\0\x09\0\x05\0\0a\0\x09\0\0\0\x05\0\0b\0\x04\0\0',
      {},
    ],
    [
      'what is passed over',
      { format: 'fixed', recordLength: 4 },
      'hh<ab><cd>tt',
      { fileStart: 2, fileEnd: 2, recordStart: 1, recordEnd: 1 },
    ],
  ];

  it.each(formats)('keeps %s', async (_, format, text, skip) => {
    const bytes = new Uint8Array(Buffer.from(text, 'latin1'));
    const { frames, ends } = await surrounded(bytes, format, skip);
    expect(frames.length).toBeGreaterThan(0);
    const writer = createFrameWriter(format, skip);
    const parts: Uint8Array[] = [bytes.subarray(0, skip.fileStart ?? 0)];
    for (const frame of frames) {
      const added = writer.add(frame.bytes, frame.surroundings);
      if ('code' in added) throw new Error(added.message);
      parts.push(...added);
    }
    parts.push(...writer.end(ends.behind), ends.trailer);
    expect(Buffer.concat(parts).toString('latin1')).toBe(text);
  });
});

describe('what cannot be framed is not written', () => {
  const long = new Uint8Array(70_000);

  it.each<[string, WritableFormat, Uint8Array, string]>([
    ['a record longer than the others', { format: 'fixed', recordLength: 2 }, Uint8Array.of(1, 2, 3), 'FRAME_LENGTH'],
    ['a record longer than a word can say', { format: 'rdw' }, long, 'RDW_LENGTH'],
    ['a record longer than a word in a block can say', { format: 'bdw' }, long, 'RDW_LENGTH'],
    ['a line end in a line', { format: 'text' }, Uint8Array.of(0x41, 0x0a, 0x41), 'FRAME_LINE'],
    ['a NEL in an EBCDIC line', { format: 'text', lineEnds: 'ebcdic' }, Uint8Array.of(0xc1, 0x15), 'FRAME_LINE'],
    ['a line that is empty', { format: 'text' }, new Uint8Array(0), 'FRAME_LINE'],
  ])('%s', (_, format, record, code) => {
    const added = createFrameWriter(format).add(record, null);
    expect(added).toMatchObject({ code });
  });

  it('but a shorter record is padded', () => {
    const { bytes } = writeAll([Uint8Array.of(1)], { format: 'fixed', recordLength: 3 });
    expect([...bytes]).toEqual([1, 0, 0]);
  });
});
