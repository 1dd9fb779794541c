import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountBalances } from '../../src/frames/byte-account.ts';
import type { FrameFormat, SkipOptions } from '../../src/frames/framer.ts';
import { captureInput, toyHeader } from './capture-input.ts';
import { cut, shown } from './cut.ts';

const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe('fixed', () => {
  const format: FrameFormat = { format: 'fixed', recordLength: 4 };

  it('cuts records of one length', () => {
    expect(shown(cut(ascii('AAAABBBB'), format).pieces)).toEqual(['0:AAAA', '4:BBBB']);
  });

  it('gives a short last record as a bad one', () => {
    expect(shown(cut(ascii('AAAABB'), format).pieces)).toEqual(['0:AAAA', 'FRAME_CUT 4:BB']);
  });

  it('takes each length from the record itself', () => {
    const recordLength = { reach: 2, of: (bytes: Uint8Array) => (bytes[0] ?? 0) - 0x30 };
    expect(shown(cut(ascii('3AA2B1'), { format: 'fixed', recordLength }).pieces)).toEqual(['0:3AA', '3:2B', '5:1']);
  });

  it('gives up when a record says it has no bytes', () => {
    const recordLength = { reach: 1, of: (bytes: Uint8Array) => (bytes[0] ?? 0) - 0x30 };
    expect(shown(cut(ascii('2A0BB'), { format: 'fixed', recordLength }).pieces)).toEqual([
      '0:2A',
      'FRAME_LENGTH 2:0BB',
    ]);
  });

  it('passes over bytes at the ends of the file and of each record', () => {
    const skip = { fileStart: 2, fileEnd: 3, recordStart: 1, recordEnd: 1 };
    const { pieces, account } = cut(ascii('hh<AA><BB>ttt'), format, { skip });
    expect(shown(pieces)).toEqual(['3:AA', '7:BB']);
    expect(account).toMatchObject({ input: 13, records: 4, skipped: 9 });
  });

  it('skips a whole file that is shorter than its header and trailer', () => {
    const { pieces, account } = cut(ascii('abc'), format, { skip: { fileStart: 2, fileEnd: 9 } });
    expect(pieces).toEqual([]);
    expect(account).toMatchObject({ input: 3, skipped: 3 });
  });
});

describe('rdw', () => {
  it('reads big-endian inclusive words by default', () => {
    const { pieces, account } = cut(ascii('\0\x06\0\0AA\0\x05\0\0B\0\x04\0\0'), { format: 'rdw' });
    expect(shown(pieces)).toEqual(['4:AA', '10:B', '15:']);
    expect(account).toMatchObject({ input: 15, words: 12, records: 3 });
  });

  it('reads little-endian words as exclusive and in bytes 2-3', () => {
    expect(shown(cut(ascii('\0\0\x02\0AA'), { format: 'rdw', rdw: { endian: 'little' } }).pieces)).toEqual(['4:AA']);
  });

  it('does not give a segment of a spanned record as a record', () => {
    const bytes = ascii('\0\x06\x01\0AA\0\x05\x03\0B\0\x05\x02\0C\0\x05\0\0D');
    expect(shown(cut(bytes, { format: 'rdw' }).pieces)).toEqual([
      'RDW_SEGMENT 4:AA',
      'RDW_SEGMENT 10:B',
      'RDW_SEGMENT 15:C',
      '20:D',
    ]);
    const block = Uint8Array.from([...ascii('\0\x19\0\0'), ...bytes]);
    expect(shown(cut(block, { format: 'bdw' }).pieces)[0]).toBe('RDW_SEGMENT 8:AA');
  });

  it('notes other bytes beside a length', () => {
    const notes = [
      cut(ascii('\0\x05\x01\x01A'), { format: 'rdw' }),
      cut(ascii('\x01\0\x01\0A'), { format: 'rdw', rdw: { endian: 'little' } }),
    ].map(({ pieces }) => pieces[0]);
    for (const piece of notes) expect(piece).toMatchObject({ problem: { code: 'RDW_OTHER_BYTES', severity: 'note' } });
  });

  it('reads little-endian words in bytes 0-1 when told so', () => {
    const rdw = { endian: 'little', position: 0, inclusive: true } as const;
    expect(shown(cut(ascii('\x06\0\0\0AA'), { format: 'rdw', rdw }).pieces)).toEqual(['4:AA']);
  });

  it('adds the adjustment to the length', () => {
    expect(shown(cut(ascii('\0\x03\0\0A'), { format: 'rdw', rdw: { adjustment: 2 } }).pieces)).toEqual(['4:A']);
  });

  it('takes everything behind an impossible word as garbage in bounded pieces', () => {
    const bytes = new Uint8Array(200_000);
    const { pieces } = cut(bytes, { format: 'rdw' });
    expect(pieces.map((piece) => [piece.kind, piece.offset, piece.length])).toEqual([
      ['garbage', 0, 65_536],
      ['garbage', 65_536, 65_536],
      ['garbage', 131_072, 65_536],
      ['garbage', 196_608, 3_392],
    ]);
    expect(pieces.map((piece) => piece.kind === 'garbage' && piece.continued)).toEqual([false, true, true, true]);
  });

  it('gives a record that the input cuts as a bad one, and a cut word as garbage', () => {
    expect(shown(cut(ascii('\0\x08\0\0AA'), { format: 'rdw' }).pieces)).toEqual(['FRAME_CUT 4:AA']);
    expect(shown(cut(ascii('\0\x05\0\0A\0\x05'), { format: 'rdw' }).pieces)).toEqual(['4:A', 'FRAME_CUT 5:\0\x05']);
  });
});

describe('bdw', () => {
  const format: FrameFormat = { format: 'bdw' };

  it('cuts blocks into records', () => {
    const { pieces, account } = cut(ascii('\0\x0f\0\0\0\x06\0\0AA\0\x05\0\0B\0\x09\0\0\0\x05\0\0C'), format);
    expect(shown(pieces)).toEqual(['8:AA', '14:B', '23:C']);
    expect(account).toMatchObject({ input: 24, words: 20, records: 4 });
  });

  it('reads an extended block word', () => {
    expect(shown(cut(ascii('\x80\0\0\x0a\0\x06\0\0AA'), format).pieces)).toEqual(['8:AA']);
  });

  it('goes on with the next block after an impossible record word', () => {
    const bytes = ascii('\0\x0a\0\0\0\xff\0\0AA\0\x09\0\0\0\x05\0\0C');
    expect(shown(cut(bytes, format).pieces)).toEqual(['RDW_LENGTH 4:\0\xff\0\0AA', '18:C']);
  });

  it('gives up at an impossible block word', () => {
    expect(shown(cut(ascii('\0\x02\0\0AAAA'), format).pieces)).toEqual(['BDW_LENGTH 0:\0\x02\0\0AAAA']);
  });

  it('reports a block that the input cuts between two records', () => {
    expect(shown(cut(ascii('\0\x10\0\0\0\x06\0\0AA'), format).pieces)).toEqual(['8:AA', 'FRAME_CUT 10:']);
  });
});

describe('text', () => {
  it('takes LF and CRLF, passes over empty lines, and wants no last line end', () => {
    const { pieces, account } = cut(ascii('one\r\n\n\r\ntwo\nthree'), { format: 'text' });
    expect(shown(pieces)).toEqual(['0:one', '8:two', '12:three']);
    expect(account).toMatchObject({ input: 17, records: 11, lineEnds: 6 });
  });

  it('says which line a record is, empty ones too', () => {
    const lines = (text: string): unknown => {
      return cut(ascii(text), { format: 'text' }).pieces.map((piece) => [
        String.fromCharCode(...piece.bytes),
        piece.line,
      ]);
    };
    expect(lines('\n\r\none\n\n\r\ntwo\nthree')).toEqual([
      ['one', 3],
      ['two', 6],
      ['three', 7],
    ]);
  });

  it('ends EBCDIC lines at NEL and at LF', () => {
    const { pieces } = cut(ascii('A\x15B\x25C\x0d\x25'), { format: 'text', lineEnds: 'ebcdic' });
    expect(shown(pieces)).toEqual(['0:A', '2:B', '4:C']);
  });

  it('keeps a carriage return inside a line', () => {
    expect(shown(cut(ascii('a\rb\n'), { format: 'text' }).pieces)).toEqual(['0:a\rb']);
  });
});

const word = fc.record({
  endian: fc.constantFrom('big' as const, 'little' as const),
  inclusive: fc.boolean(),
  position: fc.constantFrom(0 as const, 2 as const),
  adjustment: fc.integer({ min: -6, max: 6 }),
});
const format: fc.Arbitrary<FrameFormat> = fc.oneof(
  fc.record({ format: fc.constant('fixed' as const), recordLength: fc.integer({ min: 1, max: 40 }) }),
  fc.constant({
    format: 'fixed' as const,
    recordLength: { reach: 2, of: (bytes: Uint8Array) => (bytes.length < 2 ? null : ((bytes[1] ?? 0) % 11) - 1) },
  }),
  fc.record({ format: fc.constant('rdw' as const), rdw: word }),
  fc.record({ format: fc.constant('bdw' as const), bdw: word, rdw: word }),
  fc.record({ format: fc.constant('text' as const), lineEnds: fc.constantFrom('ascii' as const, 'ebcdic' as const) }),
  fc.constant({ format: 'quarantine' as const }),
  fc.constant({ format: 'capture' as const, header: toyHeader }),
  fc.constant({ format: 'frames' as const, header: toyHeader }),
);
const few = fc.integer({ min: 0, max: 9 });
const skips: fc.Arbitrary<SkipOptions> = fc.record({ fileStart: few, fileEnd: few, recordStart: few, recordEnd: few });
// Small numbers make plausible words and lines, any bytes make the rest.
const likely = fc.constantFrom(0, 0, 0, 4, 5, 6, 8, 9, 10, 12, 13, 16, 0x15, 0x25, 0x80, 0x41);
const anyInput = fc
  .uint8Array({ maxLength: 300 })
  .chain((bytes) => fc.array(likely, { maxLength: 300 }).map((more) => Uint8Array.from([...more, ...bytes])));
const input = fc.oneof({ weight: 3, arbitrary: anyInput }, { weight: 1, arbitrary: captureInput });

describe('any format', () => {
  it('accounts for every byte of any input, each in one place', () => {
    fc.assert(
      fc.property(input, format, skips, (bytes, format, skip) => {
        const { pieces, account } = cut(bytes, format, { skip });
        expect(account.input).toBe(bytes.length);
        expect(account.unread).toBe(0);
        expect(accountBalances(account)).toBe(true);
        let behind = 0;
        for (const piece of pieces) {
          expect(piece.offset).toBeGreaterThanOrEqual(behind);
          behind = piece.offset + piece.length;
          if (piece.origin === null) expect([...piece.bytes]).toEqual([...bytes.subarray(piece.offset, behind)]);
        }
        expect(behind).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same pieces however the input is chunked', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(input, format, skips, sizes, (bytes, format, skip, chunks) => {
        const whole = cut(bytes, format, { skip });
        const parts = cut(bytes, format, { skip, chunks });
        const plain = (piece: (typeof whole.pieces)[number]) => ({ ...piece, bytes: [...piece.bytes] });
        expect(parts.pieces.map(plain)).toEqual(whole.pieces.map(plain));
        expect(parts.account).toEqual(whole.account);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('options', () => {
  it('refuses lengths that make no sense', () => {
    expect(() => cut(ascii('A'), { format: 'fixed', recordLength: 0 })).toThrow('at least 1');
    expect(() => cut(ascii('A'), { format: 'fixed', recordLength: 1e12 })).toThrow('268435456');
    expect(() => cut(ascii('A'), { format: 'rdw' }, { skip: { fileStart: -1 } })).toThrow('-1');
  });
});
