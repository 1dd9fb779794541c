import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { compress } from '../../../src/frames/compression/compress.ts';
import {
  type CompressionOptions,
  type CompressionScheme,
  compressionSchemes,
} from '../../../src/frames/compression/compression.ts';
import { CompressionError } from '../../../src/frames/compression/compression-error.ts';
import { createCompressor } from '../../../src/frames/compression/create-compressor.ts';
import { decompress, traceDecompression } from '../../../src/frames/compression/decompress.ts';
import { anyBytes, likelyCompressed } from './arbitraries.ts';
import { fewestBytes, naiveStrings } from './naive-strings.ts';

const hex = (digits: string): Uint8Array => fromHex(digits) ?? new Uint8Array(0);
const hello = hex(`C8C5D3D3D6${'40'.repeat(75)}`);
const zeros = hex(`${'F0'.repeat(10)}C1C2C3`);

/** The code and offset of what decompression throws. */
function failure(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CompressionError) return `${error.code} ${error.offset}`;
    throw error;
  }
  return 'none';
}

const stringSchemes = ['nje', 'sna', 'run-length'] as const;
const byte = fc.integer({ min: 0, max: 255 });
const someOptions: fc.Arbitrary<CompressionOptions> = fc.record({
  prime: fc.option(byte, { nil: undefined }),
  fill: fc.option(byte, { nil: undefined }),
  limit: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
  length: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
  fields: fc.option(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 127 }), { nil: undefined }),
});

describe('compress', () => {
  it.each([
    ['nje', 'C5C8C5D3D3D69F9F8D00', 'AAF0C3C1C2C300'],
    ['sna', '05C8C5D3D3D6BF8C', 'CAF003C1C2C3'],
    ['run-length', '05C8C5D3D3D6CB40', '8AF003C1C2C3'],
  ] as const)('writes the known strings of %s, and they read back', (scheme, ofHello, ofZeros) => {
    expect(toHex(compress(scheme, hello))).toBe(ofHello);
    expect(toHex(compress(scheme, zeros))).toBe(ofZeros);
    expect(decompress(scheme, hex(ofHello))).toEqual(hello);
    expect(decompress(scheme, hex(ofZeros))).toEqual(zeros);
  });

  it('writes runs of the prime character it is told', () => {
    expect(toHex(compress('sna', hex('C1000000000000C2'), { prime: 0 }))).toBe('01C18601C2');
  });

  it('leaves short runs in the literal string around them, and writes them as runs where that is shorter', () => {
    expect(toHex(compress('sna', hex('C1C2C2C3')))).toBe('04C1C2C2C3');
    expect(toHex(compress('sna', hex('C1C2C2C2C3')))).toBe('05C1C2C2C2C3');
    expect(toHex(compress('sna', hex('C1C2C2C2')))).toBe('01C1C3C2');
    expect(toHex(compress('sna', hex('C2C2')))).toBe('C2C2');
    expect(toHex(compress('sna', hex('C14040C2')))).toBe('04C14040C2');
    expect(toHex(compress('sna', hex('C1404040C2')))).toBe('01C18301C2');
    expect(toHex(compress('sna', hex('C14040')))).toBe('01C182');
  });

  it('writes nothing as nothing, in nje as the end mark', () => {
    const nothing = new Uint8Array(0);
    const written = compressionSchemes.map((scheme) => toHex(compress(scheme, nothing)));
    expect(written).toEqual(['00', '', '', '', '0000000000000000']);
  });

  it('takes time in proportion to a long run', () => {
    const run = new Uint8Array(2_000_000).fill(0xc1);
    const compressed = compress('nje', run);
    expect(compressed.length).toBe(Math.ceil(run.length / 31) * 2 + 1);
    expect(Buffer.compare(decompress('nje', compressed, { limit: run.length }), run)).toBe(0);
  });

  it.each(stringSchemes)('writes %s no longer than literal strings, and close to the shortest there is', (scheme) => {
    const [literal, repeat, prime] = { nje: [63, 31, 31], sna: [63, 63, 63], 'run-length': [127, 127, 0] }[scheme];
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const end = scheme === 'nje' ? 1 : 0;
        const { length } = compress(scheme, bytes);
        expect(length).toBeLessThanOrEqual(bytes.length + Math.ceil(bytes.length / (literal ?? 1)) + end);
        const primes = prime === 0 ? null : { byte: 0x40, longest: prime ?? 0 };
        const fewest = fewestBytes(bytes, { literal: literal ?? 0, repeat: repeat ?? 0, prime: primes }) + end;
        // What comes after the next run is not looked at, nor where a literal string gets full.
        expect(length).toBeLessThanOrEqual(fewest + Math.ceil(bytes.length / 60));
      }),
    );
  });
});

describe('decompress', () => {
  it.each(compressionSchemes)('gives back what %s compressed', (scheme) => {
    fc.assert(
      fc.property(anyBytes, someOptions, (bytes, { prime, fill }) => {
        const options = { prime, fill, length: bytes.length };
        expect(decompress(scheme, compress(scheme, bytes, options), options)).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('gives back what was compressed without options, from cut when nothing was cut off or the limit is the length', () => {
    fc.assert(
      fc.property(anyBytes, fc.constantFrom(...compressionSchemes), (bytes, scheme) => {
        const limit = scheme === 'cut' ? bytes.length : undefined;
        expect(decompress(scheme, compress(scheme, bytes), { limit })).toEqual(bytes);
        if (bytes.at(-1) !== 0x40) expect(decompress(scheme, compress(scheme, bytes))).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('gives back fields of any lengths', () => {
    const fields = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 127 });
    fc.assert(
      fc.property(
        fields,
        byte,
        fc.infiniteStream(fc.constantFrom(0x40, 0x40, 0x40, 0, 0xc1)),
        (lengths, fill, stream) => {
          const total = lengths.reduce((sum, length) => sum + length, 0);
          const bytes = Uint8Array.from({ length: total }, () => stream.next().value ?? 0);
          const options = { fields: lengths, fill };
          expect(decompress('bitmap', compress('bitmap', bytes, options), options)).toEqual(bytes);
        },
      ),
    );
  });

  it.each(stringSchemes)('reads %s as a naive decoder does, errors too', (scheme) => {
    fc.assert(
      fc.property(
        fc.oneof(likelyCompressed, fc.uint8Array({ maxLength: 80 })),
        byte,
        fc.integer({ min: 0, max: 500 }),
        (bytes, prime, limit) => {
          const expected = naiveStrings(scheme, bytes, prime, limit);
          if (typeof expected !== 'string') {
            expect([...decompress(scheme, bytes, { prime, limit })]).toEqual(expected);
          } else {
            expect(failure(() => decompress(scheme, bytes, { prime, limit })).split(' ')[0]).toBe(expected);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['nje', '', 'COMPRESSED_CUT 0'],
    ['nje', 'C1C1', 'COMPRESSED_CUT 2'],
    ['nje', 'C3C1C2', 'COMPRESSED_CUT 0'],
    ['nje', 'C1C1A3', 'COMPRESSED_CUT 2'],
    ['nje', 'C1C10000', 'COMPRESSED_SURPLUS 3'],
    ['nje', 'C1C140', 'COMPRESSED_ABORT 2'],
    ['nje', '41', 'COMPRESSED_CONTROL 0'],
    ['nje', '01', 'COMPRESSED_CONTROL 0'],
    ['nje', '80', 'COMPRESSED_CONTROL 0'],
    ['nje', 'A0', 'COMPRESSED_CONTROL 0'],
    ['nje', 'C0', 'COMPRESSED_CONTROL 0'],
    ['sna', '01C145', 'COMPRESSED_COMPACTION 2'],
    ['sna', '00', 'COMPRESSED_CONTROL 0'],
    ['sna', '80', 'COMPRESSED_CONTROL 0'],
    ['sna', 'C0', 'COMPRESSED_CONTROL 0'],
    ['run-length', '00', 'COMPRESSED_CONTROL 0'],
    ['run-length', '01C180', 'COMPRESSED_CONTROL 2'],
    ['run-length', '02C1', 'COMPRESSED_CUT 0'],
    ['bitmap', '42', 'COMPRESSED_BITMAP 0'],
    ['bitmap', '8000000000000000', 'COMPRESSED_BITMAP 0'],
    ['bitmap', '4000000000000000', 'COMPRESSED_CUT 8'],
    ['bitmap', '6000000000000000C1', 'COMPRESSED_CUT 8'],
    ['bitmap', '0000000000000000C1', 'COMPRESSED_SURPLUS 8'],
  ] as const)('refuses %s %s with %s', (scheme, digits, expected) => {
    expect(failure(() => decompress(scheme, hex(digits)))).toBe(expected);
  });

  it('says where the bytes are wrong, what was expected, and what to do', () => {
    const run = () => decompress('nje', hex('C1C140'));
    expect(run).toThrow('byte 2: expected a string, found the abort mark 40: the sender gave up');
    expect(run).toThrow(expect.objectContaining({ hint: 'ask for the data again' }));
  });

  it('fills cut bytes up to the length, to a limit that is given, or not at all', () => {
    expect(toHex(decompress('cut', hex('C1'), { length: 3 }))).toBe('C14040');
    expect(toHex(decompress('cut', hex('C1'), { length: 3, fill: 0 }))).toBe('C10000');
    expect(toHex(decompress('cut', hex('C1'), { limit: 2 }))).toBe('C140');
    expect(toHex(decompress('cut', hex('C1'), { limit: 9, length: 3 }))).toBe('C14040');
    expect(toHex(decompress('cut', hex('C1')))).toBe('C1');
    expect(failure(() => decompress('cut', hex('C1C2C3'), { length: 2 }))).toBe('COMPRESSED_SURPLUS 2');
    expect(failure(() => decompress('cut', hex('C1C2C3'), { limit: 2 }))).toBe('DECOMPRESSED_SIZE 0');
    expect(failure(() => compress('cut', hex('C1C2C340'), { length: 2 }))).toBe('COMPRESSED_SURPLUS 2');
  });

  it('refuses a bitmap that says a field follows which there is not, and bytes of another length than the fields', () => {
    const options = { fields: [1, 2] };
    expect(toHex(compress('bitmap', hex('40C1C2'), options))).toBe('2000000000000000C1C2');
    expect(toHex(decompress('bitmap', hex('2000000000000000C1C2'), options))).toBe('40C1C2');
    expect(failure(() => decompress('bitmap', hex('1000000000000000C1C2'), options))).toBe('COMPRESSED_BITMAP 0');
    expect(failure(() => decompress('bitmap', hex('2000000000000000C1'), options))).toBe('COMPRESSED_CUT 8');
    expect(failure(() => decompress('bitmap', hex('2000000000000000C1C2C3'), options))).toBe('COMPRESSED_SURPLUS 10');
    expect(failure(() => compress('bitmap', hex('40C1'), options))).toBe('COMPRESSED_CUT 2');
    expect(failure(() => compress('bitmap', hex('40C1C2C3'), options))).toBe('COMPRESSED_SURPLUS 3');
  });

  it('never gives more than the limit, whatever the bytes claim', () => {
    const bomb = new Uint8Array(100_000).fill(0xff);
    for (const scheme of ['sna', 'run-length'] as const) {
      expect(failure(() => decompress(scheme, bomb))).toMatch('DECOMPRESSED_SIZE');
      expect(failure(() => decompress(scheme, bomb, { limit: 127 }))).toMatch(/^DECOMPRESSED_SIZE [24]$/);
    }
    expect(failure(() => decompress('cut', hex(''), { length: 2 ** 50 }))).toBe('DECOMPRESSED_SIZE 0');
    const fields = [2 ** 40, 2 ** 40];
    expect(failure(() => decompress('bitmap', hex('0000000000000000'), { fields }))).toBe('DECOMPRESSED_SIZE 0');
  });
});

describe('any bytes', () => {
  const input = fc.oneof(likelyCompressed, anyBytes);

  it('decompress within the limit, or to a coded error inside the bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...compressionSchemes), input, someOptions, (scheme, bytes, options) => {
        let length = 0;
        try {
          length = decompress(scheme, bytes, options).length;
        } catch (error) {
          if (!(error instanceof CompressionError)) throw error;
          expect(error.code).toMatch(/^(COMPRESSED_|DECOMPRESSED_SIZE)/);
          expect(error.offset).toBeLessThanOrEqual(bytes.length);
          expect(error.hint).toBeDefined();
        }
        expect(length).toBeLessThanOrEqual(options.limit ?? 1024 * 1024);
      }),
      { numRuns: 1000 },
    );
  });

  it('changed somewhere behind compression, decompress likewise', () => {
    const change = fc.tuple(fc.nat(), byte);
    fc.assert(
      fc.property(
        fc.constantFrom(...compressionSchemes),
        anyBytes,
        change,
        fc.nat(),
        (scheme, bytes, [at, to], cut) => {
          const compressed = compress(scheme, bytes);
          if (compressed.length > 0) compressed[at % compressed.length] = to;
          const part = compressed.subarray(0, compressed.length - (cut % 3));
          const found = failure(() => decompress(scheme, part, { limit: 5000 }));
          expect(found).toMatch(/^(none|COMPRESSED_|DECOMPRESSED_SIZE)/);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('come with segments that tile them and lead to the compressed bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...compressionSchemes), anyBytes, someOptions, (scheme, bytes, { prime, fill }) => {
        const options = { prime, fill, length: bytes.length + 5 };
        const compressed = compress(scheme, bytes, options);
        const { bytes: decompressed, segments } = traceDecompression(scheme, compressed, options);
        let offset = 0;
        let from = scheme === 'bitmap' ? ((compressed[0] ?? 0) >> 7 === 1 ? 16 : 8) : 0;
        for (const segment of segments) {
          expect([segment.offset, segment.from]).toEqual([offset, from]);
          expect(segment.length).toBeGreaterThan(0);
          const part = [...decompressed.subarray(offset, offset + segment.length)];
          if (segment.kind === 'literal') {
            expect(part).toEqual([...compressed.subarray(segment.data, segment.data + segment.length)]);
          } else {
            const filled = segment.fromLength === 2 ? compressed[segment.data] : undefined;
            const other = (segment.kind === 'fill' ? fill : prime) ?? 0x40;
            expect(new Set(part)).toEqual(new Set([filled ?? other]));
          }
          offset += segment.length;
          from += segment.fromLength;
        }
        expect(offset).toBe(decompressed.length);
        expect(from).toBe(compressed.length - (scheme === 'nje' ? 1 : 0));
      }),
      { numRuns: 300 },
    );
  });

  it('decompress into a part of a target, the rest of which stays as it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...compressionSchemes), anyBytes, fc.nat(5), fc.nat(5), (scheme, bytes, at, room) => {
        const compressed = compress(scheme, bytes, { length: bytes.length });
        const around = Uint8Array.from([1, 2, 3, ...compressed, 4, 5]);
        const target = new Uint8Array(at + bytes.length + room).fill(0xee);
        const { decompressInto: into } = createCompressor(scheme, { length: bytes.length });
        expect(into(around, 3, 3 + compressed.length, target, at)).toBe(bytes.length);
        const expected = [...Array(at).fill(0xee), ...bytes, ...Array(room).fill(0xee)];
        expect([...target]).toEqual(expected);
        if (bytes.length === 0) return;
        const short = new Uint8Array(at + bytes.length - 1).fill(0xee);
        expect(failure(() => into(around, 3, 3 + compressed.length, short, at))).toMatch('DECOMPRESSED_SIZE');
        expect(short.every((value) => value === 0xee)).toBe(true);
      }),
    );
  });
});

describe('a part of bytes', () => {
  it('is compressed into a part of a target as bytes of their own are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...compressionSchemes), anyBytes, fc.nat(5), (scheme, bytes, at) => {
        const { compressInto, longest } = createCompressor(scheme);
        const around = Uint8Array.from([0x40, 0x40, ...bytes, 0x40, bytes.at(-1) ?? 0]);
        const target = new Uint8Array(at + longest(bytes.length)).fill(0xee);
        const length = compressInto(around, 2, 2 + bytes.length, target, at);
        expect(target.subarray(at, at + length)).toEqual(compress(scheme, bytes));
        expect(target.subarray(0, at).every((value) => value === 0xee)).toBe(true);
        if (longest(bytes.length) === 0) return;
        const short = new Uint8Array(at + longest(bytes.length) - 1);
        expect(() => compressInto(bytes, 0, bytes.length, short, at)).toThrow('is no part of');
      }),
    );
  });
});

describe('options', () => {
  const nothing = new Uint8Array(0);

  it.each([
    ['limit', { limit: -1 }],
    ['limit', { limit: 1.5 }],
    ['length', { length: Number.NaN }],
    ['prime', { prime: 256 }],
    ['fill', { fill: -1 }],
    ['at most 127', { fields: Array(128).fill(1) }],
    ['fields[1]', { fields: [1, -1] }],
    ['the sum of fields', { fields: Array(127).fill(Number.MAX_SAFE_INTEGER) }],
    ['fields', { fields: 'all' as unknown as number[] }],
  ])('out of range are refused: %s', (message, options) => {
    const run = () => compress('nje', nothing, options);
    expect(run).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(run).toThrow(message);
  });

  it('of an unknown scheme, and what is no bytes, are refused', () => {
    const unknown = 'zip\u001b[1m' as CompressionScheme;
    expect(() => decompress(unknown, nothing)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => decompress(unknown, nothing)).not.toThrow('\u001b');
    expect(() => compress('nje', 'text' as unknown as Uint8Array)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    const { decompressInto } = createCompressor('nje');
    expect(() => decompressInto(nothing, 0, 1, nothing, 0)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => decompressInto(nothing, 0, 0, nothing, 1)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
