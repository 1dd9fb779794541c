import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodingSpace } from '../../../src/codec/compiled/decoding-space.ts';
import { webAssembly } from '../../../src/codec/compiled/wasm/web-assembly.ts';
import type { CompressionOptions, CompressionScheme } from '../../../src/frames/compression/compression.ts';
import { CompressionError } from '../../../src/frames/compression/compression-error.ts';
import { createCompressor } from '../../../src/frames/compression/create-compressor.ts';
import { type FrameExpander, frameExpanders } from '../../../src/frames/compression/frame-expanders.ts';
import { anyBytes, likelyCompressed } from './arbitraries.ts';

const space = new DecodingSpace();
space.reserve(16 * 1024, 1);
const targetAt = space.allocate(64 * 1024).address;
const expanders = frameExpanders(space, webAssembly);

function expanderOf(scheme: CompressionScheme, options: CompressionOptions, header: number): FrameExpander {
  const found = expanders?.(scheme, options, header) ?? null;
  if (found === null) throw new Error(`no expander of ${scheme}`);
  return found;
}

/** The header, then the plain body, as compressors give them; `null` when they refuse. */
function expected(
  scheme: CompressionScheme,
  options: CompressionOptions,
  head: Uint8Array,
  body: Uint8Array,
): Buffer | null {
  try {
    return Buffer.concat([head, createCompressor(scheme, options).decompress(body)]);
  } catch (error) {
    if (error instanceof CompressionError) return null;
    throw error;
  }
}

function expanded(expand: FrameExpander, head: Uint8Array, body: Uint8Array): Buffer | null {
  space.input.set(head);
  space.input.set(body, head.length);
  // What stands behind the frame is none of its business.
  space.input.fill(0x41, head.length + body.length, head.length + body.length + 200);
  space.bytes.fill(0xee, targetAt, targetAt + 1024);
  const length = expand(space.inputAddress, head.length + body.length, targetAt);
  return length < 0 ? null : Buffer.from(space.bytes.subarray(targetAt, targetAt + length));
}

const head = fc.uint8Array({ maxLength: 40 });
const limit = fc.oneof(fc.constant(4000), fc.nat({ max: 400 }));
const byte = fc.integer({ min: 0, max: 255 });

describe('expanding a frame in a space', () => {
  it.each(['nje', 'sna', 'run-length'] as const)(
    'gives what %s decompresses to, or refuses what it refuses',
    (scheme) => {
      const compressor = createCompressor(scheme, { prime: 0x40 });
      const bodies = fc.oneof(
        likelyCompressed,
        anyBytes.map((bytes) => compressor.compress(bytes)),
        fc.tuple(anyBytes, fc.nat(), byte).map(([bytes, at, value]) => {
          const damaged = compressor.compress(bytes);
          if (damaged.length > 0) damaged[at % damaged.length] = value;
          return damaged;
        }),
      );
      fc.assert(
        fc.property(head, bodies, limit, byte, (first, body, most, prime) => {
          const options = { limit: most, prime };
          const expand = expanderOf(scheme, options, first.length);
          expect(expanded(expand, first, body)).toEqual(expected(scheme, options, first, body));
        }),
        { numRuns: 600 },
      );
    },
  );

  it('fills up what was cut', () => {
    fc.assert(
      fc.property(head, anyBytes, fc.nat({ max: 500 }), byte, (first, body, length, fill) => {
        const options = { limit: length, length, fill };
        const expand = expanderOf('cut', options, first.length);
        expect(expanded(expand, first, body)).toEqual(expected('cut', options, first, body));
      }),
      { numRuns: 300 },
    );
  });

  it('puts fields where a bitmap says that they are, or refuses what the compressor refuses', () => {
    const widths = fc.array(fc.nat({ max: 40 }), { maxLength: 127 });
    fc.assert(
      fc.property(head, widths, fc.infiniteStream(byte), byte, fc.boolean(), (first, fields, bytes, fill, any) => {
        const most = fields.reduce((sum, width) => sum + width, 0);
        const plain = fields.flatMap((width) => {
          const blank = bytes.next().value < 100;
          return Array.from({ length: width }, () => (blank ? fill : bytes.next().value));
        });
        const options = { fields, fill, limit: most };
        const body = createCompressor('bitmap', options).compress(Uint8Array.from(plain));
        if (any) body[bytes.next().value % body.length] = bytes.next().value;
        const cut = any && bytes.next().value < 50 ? body.subarray(0, bytes.next().value) : body;
        const expand = expanderOf('bitmap', options, first.length);
        expect(expanded(expand, first, cut)).toEqual(expected('bitmap', options, first, cut));
      }),
      { numRuns: 300 },
    );
    expect(
      expanded(expanderOf('bitmap', { fields: [3], fill: 0x40 }, 0), new Uint8Array(0), new Uint8Array(8)),
    ).toEqual(Buffer.from('@@@'));
  });

  it('is left to the compressor where bodies are not filled up to one length, or no fields are known', () => {
    expect(expanders?.('bitmap', {}, 4)).toBeNull();
    expect(expanders?.('bitmap', { fields: [3], limit: 2 }, 4)).toBeNull();
    expect(expanders?.('cut', {}, 4)).toBeNull();
    expect(frameExpanders(space, null)).toBeNull();
  });
});
