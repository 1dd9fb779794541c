import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountBalances } from '../../src/frames/byte-account.ts';
import { prefixedLength, prefixedTime, writeCapturePrefix } from '../../src/frames/capture-prefix.ts';
import { createFrameWriter } from '../../src/frames/create-frame-writer.ts';
import type { FrameCheck } from '../../src/frames/frame-check.ts';
import { FrameCursor } from '../../src/frames/frame-cursor.ts';
import type { Piece } from '../../src/frames/piece.ts';
import type { ProtocolFormat } from '../../src/frames/rules-of.ts';
import { surroundedFrames } from '../../src/frames/surrounded-frames.ts';
import { captured, captureInput, toyFrame, toyHeader, toyMark, toyTime } from './capture-input.ts';
import { cut, shown } from './cut.ts';
import { naiveCapture, naiveFrames } from './naive-capture.ts';

const capture: ProtocolFormat = { format: 'capture', header: toyHeader };
const frames: ProtocolFormat = { format: 'frames', header: toyHeader };
const blind: FrameCheck = { ...toyHeader, lengthAt: null };

const join = (...parts: (Uint8Array | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)]));
/** Pieces as a cursor walks over them. */
function walked(format: ProtocolFormat, bytes: Uint8Array): unknown[] {
  const pieces: unknown[] = [];
  const cursor = new FrameCursor(format, bytes);
  while (cursor.next()) {
    const { garbage, offset, length, time, problem, continued } = cursor;
    const code = problem?.code ?? null;
    pieces.push([garbage ? 'garbage' : 'frame', offset, length, Number.isNaN(time) ? null : time, code, continued]);
  }
  return pieces;
}
/** The same of a framer. */
function framed(pieces: readonly Piece[]): unknown[] {
  return pieces.map((piece) => {
    const { offset, length } = piece;
    if (piece.kind === 'garbage') return ['garbage', offset, length, null, piece.code, piece.continued];
    return ['frame', offset, length, piece.time, piece.problem?.code ?? null, false];
  });
}
/** Pieces with the parts of one stretch of garbage put together. */
function joined(pieces: readonly Piece[]): unknown[] {
  const whole: [string, number, number][] = [];
  for (const { kind, offset, length, ...piece } of pieces) {
    const last = whole.at(-1);
    if (last !== undefined && 'continued' in piece && piece.continued) last[2] += length;
    else whole.push([kind === 'record' ? 'frame' : 'garbage', offset, length]);
  }
  return whole;
}

describe('capture', () => {
  it('gives each frame with its capture time, and counts the prefixes as words', () => {
    const later = toyTime + 1_500_001;
    const bytes = join(captured(toyFrame('A')), captured(toyFrame('BC'), { time: later }));
    const { pieces, account } = cut(bytes, capture);
    expect(shown(pieces)).toEqual(['12:\x03\x7fA', '27:\x04\x7fBC']);
    expect(pieces).toMatchObject([{ time: toyTime / 1000 }, { time: toyTime / 1000 + 1500.001 }]);
    expect(account).toMatchObject({ input: 31, words: 24, records: 7 });
  });

  it('can be two captures, one behind the other, and nothing', () => {
    expect(cut(new Uint8Array(0), capture).pieces).toEqual([]);
    const one = captured(toyFrame('A'));
    expect(cut(join(one, one), capture).pieces).toHaveLength(2);
  });

  it('goes on behind noise where prefix and header agree', () => {
    const { pieces } = cut(join(captured(toyFrame('A')), 'noise, not a prefix', captured(toyFrame('B'))), capture);
    expect(shown(pieces)).toEqual(['12:\x03\x7fA', 'CAPTURE_PREFIX 15:noise, not a prefix', '46:\x03\x7fB']);
  });

  it.each([
    ['no bytes', { length: 0 }],
    ['more bytes than the longest frame', { length: 41 }],
    ['a time before 1990', { time: Date.UTC(1989, 11, 31) * 1000 }],
    ['a time after 2099', { time: Date.UTC(2100, 0) * 1000 }],
    ['the last microsecond before 1990', { time: Date.UTC(1990, 0) * 1000 - 1 }],
    ['a length of more than 31 bits', { length: 0x80000003 }],
  ])('takes a frame behind a prefix of %s as garbage', (_what, prefix) => {
    const bad = captured(toyFrame('A'), prefix);
    const { pieces } = cut(join(bad, captured(toyFrame('B'))), capture);
    expect(framed(pieces)).toMatchObject([
      ['garbage', 0, 15, null, 'CAPTURE_PREFIX', false],
      ['frame', 27, 3, toyTime / 1000, null, false],
    ]);
    expect(pieces[0]).toMatchObject({ message: expect.stringContaining('a length of 1 to 40 and a time from 1990') });
  });

  it('takes the first and the last time there may be', () => {
    for (const time of [Date.UTC(1990, 0) * 1000, Date.UTC(2100, 0) * 1000 - 1]) {
      expect(cut(captured(toyFrame('A'), { time }), capture).pieces).toMatchObject([{ time: time / 1000 }]);
    }
  });

  it('does not go on at a prefix with which the header does not agree', () => {
    const { pieces } = cut(join('noise', captured(toyFrame('A', 9)), captured(toyFrame('B'))), capture);
    expect(shown(pieces).slice(1)).toEqual(['32:\x03\x7fB']);
  });

  it('cuts a frame by its prefix when its header lies', () => {
    const liar = captured(toyFrame('AAAA', 30));
    const { pieces } = cut(join(liar, captured(toyFrame('B'))), capture);
    expect(shown(pieces)).toEqual(['12:\x1e\x7fAAAA', '30:\x03\x7fB']);
    expect(shown(cut(liar, capture).pieces)).toEqual(['12:\x1e\x7fAAAA']);
  });

  it('cuts a frame by its header when its prefix leads nowhere and the header leads on', () => {
    for (const length of [1, 4, 30]) {
      const bytes = join(captured(toyFrame('AAAA'), { length }), captured(toyFrame('B')));
      const { pieces } = cut(bytes, capture);
      expect(shown(pieces)).toEqual(['CAPTURE_PREFIX 12:\x06\x7fAAAA', '30:\x03\x7fB']);
      expect(pieces[0]).toMatchObject({ problem: { severity: 'note' } });
    }
  });

  it('gives a frame that the input cuts as a bad one, and a cut prefix as garbage', () => {
    const one = captured(toyFrame('ABC'));
    expect(shown(cut(one.subarray(0, 15), capture).pieces)).toEqual(['FRAME_CUT 12:\x05\x7fA']);
    expect(shown(cut(one.subarray(0, 12), capture).pieces)).toEqual(['FRAME_CUT 12:']);
    expect(shown(cut(one.subarray(0, 4), capture).pieces)).toEqual(['FRAME_CUT 0:\0\0\0\x05']);
  });

  it('looks for the next pair of prefixes when headers hold no length', () => {
    const bytes = join(captured(toyFrame('A')), 'noise', captured(toyFrame('B')), captured(toyFrame('C')));
    const { pieces } = cut(bytes, { format: 'capture', header: blind });
    expect(shown(pieces)).toEqual(['12:\x03\x7fA', 'CAPTURE_PREFIX 15:noise', '32:\x03\x7fB', '47:\x03\x7fC']);
  });

  it('gives long garbage in pieces of 64 KiB, the last up to the next frame', () => {
    for (const extra of [-1, 0, 1]) {
      const length = 2 * 65_536 + extra;
      const { pieces } = cut(join(new Uint8Array(length), captured(toyFrame('A'))), capture, { chunks: [1000, 77] });
      const lengths = pieces.map((piece) => [piece.kind, piece.length, 'continued' in piece && piece.continued]);
      const last = length % 65_536;
      expect(lengths).toEqual([
        ['garbage', 65_536, false],
        ...(extra < 0 ? [] : [['garbage', 65_536, true]]),
        ...(last === 0 ? [] : [['garbage', last, true]]),
        ['record', 3, false],
      ]);
    }
  });

  it('reads nearly trusted bytes once, however many there are', () => {
    let reads = 0;
    const counting: FrameCheck = {
      ...toyHeader,
      lengthAt: (bytes, offset) => {
        reads += 1;
        return toyHeader.lengthAt?.(bytes, offset) ?? Number.NaN;
      },
    };
    const hostile = join(...Array.from({ length: 20_000 }, () => captured(toyFrame('A', 9)).subarray(0, 14)));
    cut(join('x', hostile), { format: 'capture', header: counting }, { chunks: [100] });
    expect(reads).toBeLessThan(2 * 20_000 + 100);
  });

  it('is cut as the plain way does it', () => {
    fc.assert(
      fc.property(captureInput, fc.constantFrom(toyHeader, blind), (bytes, header) => {
        const { pieces } = cut(bytes, { format: 'capture', header });
        expect(joined(pieces)).toEqual(naiveCapture(bytes, header));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('frames', () => {
  it('ends a frame whose header says too much where the next one starts', () => {
    const lying = toyFrame('AB', 6);
    expect(joined(cut(join(lying, toyFrame('CD'), toyFrame('E')), frames).pieces)).toEqual([
      ['frame', 0, lying.length],
      ['frame', lying.length, toyFrame('CD').length],
      ['frame', lying.length + toyFrame('CD').length, toyFrame('E').length],
    ]);
  });

  it('are as long as their headers say', () => {
    const { pieces, account } = cut(join(toyFrame('A'), toyFrame('BC')), frames);
    expect(shown(pieces)).toEqual(['0:\x03\x7fA', '3:\x04\x7fBC']);
    expect(pieces).toMatchObject([{ time: null }, { time: null }]);
    expect(account).toMatchObject({ input: 7, words: 0, records: 7 });
  });

  it('go on behind an impossible length where one header leads to another, or to the end', () => {
    const { pieces } = cut(join(toyFrame('A', 1), toyFrame('B'), toyFrame('C')), frames);
    expect(shown(pieces)).toEqual(['HEADER_LENGTH 0:\x01\x7fA', '3:\x03\x7fB', '6:\x03\x7fC']);
    expect(shown(cut(join('??', toyFrame('B')), frames).pieces)).toEqual(['HEADER_LENGTH 0:??', '2:\x03\x7fB']);
    expect(pieces[0]).toMatchObject({ message: expect.stringContaining('a length of 2 to 40 bytes, not one of 1') });
  });

  it('may be cut by the input, in the header too', () => {
    expect(shown(cut(toyFrame('ABC').subarray(0, 3), frames).pieces)).toEqual(['FRAME_CUT 0:\x05\x7fA']);
    expect(shown(cut(toyFrame('ABC').subarray(0, 1), frames).pieces)).toEqual(['FRAME_CUT 0:\x05']);
  });

  it('are cut as the plain way does it', () => {
    fc.assert(
      fc.property(captureInput, (bytes) => {
        expect(joined(cut(bytes, frames).pieces)).toEqual(naiveFrames(bytes, toyHeader));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('both', () => {
  const formats = fc.constantFrom(capture, frames, { format: 'capture', header: blind } as const);

  it('account for every byte and give the same pieces however the input is chunked', () => {
    const chunks = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(captureInput, formats, chunks, (bytes, format, chunks) => {
        const whole = cut(bytes, format);
        const parts = cut(bytes, format, { chunks });
        const plain = (piece: Piece) => ({ ...piece, bytes: [...piece.bytes] });
        expect(parts.pieces.map(plain)).toEqual(whole.pieces.map(plain));
        expect(parts.account).toEqual(whole.account);
        expect(accountBalances(whole.account)).toBe(true);
        expect(whole.account.input).toBe(bytes.length);
      }),
      { numRuns: 600 },
    );
  });

  it('are the same to a cursor on the bytes in memory', () => {
    fc.assert(
      fc.property(captureInput, formats, (bytes, format) => {
        expect(walked(format, bytes)).toEqual(framed(cut(bytes, format).pieces));
      }),
      { numRuns: 600 },
    );
    const long = join(new Uint8Array(70_000), captured(toyFrame('A')));
    expect(walked(capture, long)).toEqual(framed(cut(long, capture).pieces));
  });

  it('let a cursor walk over a part of the bytes', () => {
    const bytes = join('x', captured(toyFrame('A')), captured(toyFrame('B')));
    const cursor = new FrameCursor(capture, bytes, 1, 16);
    expect([cursor.next(), cursor.offset, cursor.length, cursor.next()]).toEqual([true, 13, 3, false]);
  });

  it('refuse checks that cannot be', () => {
    for (const wrong of [{ minimum: 0 }, { minimum: 41 }, { maximum: 2 ** 30 }, { maximum: Number.NaN }]) {
      const header = { ...toyHeader, ...wrong };
      expect(() => cut(new Uint8Array(0), { format: 'capture', header })).toThrow('cannot be');
    }
    expect(() => cut(new Uint8Array(0), { format: 'frames', header: blind })).toThrow('holds no length');
  });
});

describe('writing', () => {
  it('puts length and capture time before a frame', () => {
    const bytes = new Uint8Array(14);
    writeCapturePrefix(bytes, 1, 0x0edcba98, toyTime + 0.25);
    expect([prefixedLength(bytes, 1, 2 ** 28), prefixedTime(bytes, 1)]).toEqual([0x0edcba98, toyTime]);
    expect([bytes[0], bytes[13]]).toEqual([0, 0]);
    expect(Buffer.from(bytes).readBigUInt64BE(5)).toBe(BigInt(toyTime));
  });

  it('gives back a capture from its frames and what stands before them', async () => {
    const bytes = join(captured(toyFrame('A')), captured(toyFrame('BC'), { time: toyTime + 7 }));
    const writer = createFrameWriter(capture);
    const written: Uint8Array[] = [];
    async function* input(): AsyncGenerator<Uint8Array> {
      yield bytes;
    }
    for await (const part of surroundedFrames(input(), capture, {})) {
      for (const frame of part) {
        const added = writer.add(frame.bytes, frame.surroundings);
        if ('code' in added) throw new Error(added.message);
        written.push(...added);
      }
    }
    expect(join(...written)).toEqual(bytes);
    expect(writer.account).toMatchObject({ records: 7, words: 24 });
  });

  it('takes capture times from elsewhere when there is no original, and refuses what no framer would read', () => {
    const writer = createFrameWriter(capture, {}, { captureTime: () => toyTime / 1000 });
    expect(join(...(writer.add(toyFrame('A'), null) as Uint8Array[]))).toEqual(captured(toyFrame('A')));
    expect(writer.add(new Uint8Array(0), null)).toMatchObject({ code: 'CAPTURE_PREFIX' });
    expect(writer.add(new Uint8Array(41), null)).toMatchObject({ code: 'CAPTURE_PREFIX' });
    expect(createFrameWriter(capture).add(toyFrame('A'), null)).toMatchObject({ code: 'CAPTURE_PREFIX' });
  });

  it('puts frames one behind the other when each is as long as it says', () => {
    const writer = createFrameWriter(frames);
    expect(writer.add(toyFrame('A'), null)).toEqual([toyFrame('A')]);
    expect(writer.add(toyFrame('A', 9), null)).toMatchObject({ code: 'FRAME_LENGTH' });
    expect(writer.add(Uint8Array.of(1), null)).toMatchObject({ code: 'FRAME_LENGTH' });
    expect(writer.add(Uint8Array.of(2, toyMark + 1), null)).toMatchObject({ code: 'FRAME_LENGTH' });
  });
});
