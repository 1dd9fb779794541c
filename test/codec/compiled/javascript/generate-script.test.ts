import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../../src/codec/compiled/compile-plan.ts';
import { createCompiledDecoder } from '../../../../src/codec/compiled/create-compiled-decoder.ts';
import { DecodingSpace } from '../../../../src/codec/compiled/decoding-space.ts';
import { generateScript } from '../../../../src/codec/compiled/javascript/generate-script.ts';
import type { Codec } from '../../../../src/codec/create-codec.ts';
import { codecOf, ebcdic } from '../../codec-of.ts';
import { type Comparison, compareDecoders, emptyComparison } from '../compare-decoders.ts';

function scriptOf(codec: Codec): ReturnType<typeof generateScript> {
  const plan = compilePlan(codec);
  if ('refused' in plan) throw new Error(plan.refused);
  return generateScript(plan, 1024);
}

function compare(codec: Codec, records: readonly Uint8Array[], space = new DecodingSpace(null)): Comparison {
  const decoder = createCompiledDecoder(codec, space, null);
  if ('refused' in decoder) throw new Error(decoder.refused);
  const seen = emptyComparison();
  compareDecoders(decoder, records, seen);
  return seen;
}

describe('generated JavaScript', () => {
  it('has numbers and names of its own in it, and no text of the copybook', () => {
    const copybook =
      '01 SECRET-REC. 05 SECRET-K PIC X. 05 SECRET-A PIC X(20). 05 SECRET-B REDEFINES SECRET-A PIC 9(5)V99.';
    const { source } = scriptOf(codecOf(copybook, { view: ['SECRET-K:"`{x}"=SECRET-A', 'SECRET-K:b=SECRET-B'] }));
    expect(source).not.toMatch(/secret|['"`\\$]/i);
  });

  it('writes the bytes of every name as they are', () => {
    const names = ['A', 'AB', 'ABC', 'ABCD', '__PROTO__', 'ÄÖÜ-ÉÈÊ-Ø', 'CONSTRUCTOR', 'X'.repeat(30)];
    const codec = codecOf(`01 R. ${names.map((name) => `05 ${name} PIC 9.`).join(' ')}`);
    const seen = compare(codec, [ebcdic('12345678'), ebcdic('00000000')]);
    expect(seen).toEqual({ ...emptyComparison(), records: 2, clean: 2 });
  });

  it('is split into functions of few fields, in tables and views too', () => {
    const fields = (prefix: string, count: number): string =>
      Array.from({ length: count }, (_, at) => `20 ${prefix}${at} PIC 9(3).`).join(' ');
    const copybook = `01 R. 05 N PIC 9. 05 T OCCURS 0 TO 3 DEPENDING ON N. 20 M PIC 9. ${fields('A', 90)}
      20 U OCCURS 0 TO 2 DEPENDING ON M. ${fields('B', 60).replaceAll('20 B', '30 B')} 05 K PIC X. 05 V. ${fields('C', 120)}
      05 W REDEFINES V. ${fields('D', 120)} 05 G. ${fields('E', 2000)}`;
    const codec = codecOf(copybook, { view: ['K:a=V', 'K:b=W'] }, { odo: 'shifted' });
    const { source } = scriptOf(codec);
    const sizes = source.split(/^function /m).map((text) => text.length);
    expect(Math.max(...sizes)).toBeLessThan(40_000);
    expect(sizes.length).toBeGreaterThan(55);
    const digits = (count: number): string => '012'.repeat(count);
    const inner = (count: number): string => `${count}${digits(90)}${digits(60 * count)}`;
    const records = ['0', `1${inner(2)}`, `3${inner(0)}${inner(1)}${inner(2)}`].flatMap((start) =>
      ['a', 'b', 'x'].map((key) => ebcdic(`${start}${key}${digits(120)}${digits(2000)}`)),
    );
    expect(compare(codec, records)).toEqual({ ...emptyComparison(), records: 9, clean: 6 });
  });

  it('works in memory that grows under it', () => {
    const space = new DecodingSpace(null);
    const codec = codecOf('01 R. 05 A PIC X(5). 05 N PIC S9(4)V9 COMP-3.');
    const decoder = createCompiledDecoder(codec, space, null);
    if ('refused' in decoder) throw new Error(decoder.refused);
    const record = Uint8Array.from([...ebcdic('ab c '), 0x12, 0x34, 0x5d]);
    for (const size of [8, 1 << 20, 5 << 20]) {
      space.reserve(size, 0);
      space.input.set(record);
      expect(decoder.decodeFixed(0, 1, 8)).toEqual({ done: 1, stopped: 'end' });
      space.reserveOutput(size);
    }
    expect(Buffer.from(space.output).toString()).toBe('{"A":"ab c","N":-1234.5}\n'.repeat(3));
  });

  it('tells engines apart', () => {
    const codec = codecOf('01 R. 05 A PIC X.');
    const [one, two] = [createCompiledDecoder(codec), createCompiledDecoder(codec, undefined, null)];
    expect([one, two].map((decoder) => ('engine' in decoder ? decoder.engine : null))).toEqual([
      'webassembly',
      'javascript',
    ]);
  });
});
