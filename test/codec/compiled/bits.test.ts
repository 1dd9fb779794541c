import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../../src/codec/codec-options.ts';
import { bitCopybook, bitItems, makeRecord } from '../bit-records.ts';
import { codecOf, ebcdic, hex } from '../codec-of.ts';
import { randomSource } from '../random-source.ts';
import { compareDecoders, compiledOf, emptyComparison } from './compare-decoders.ts';

const runs = Number(process.env['OVERPUNCH_RUNS'] ?? 300);
const longest = 400; // bytes: tables in tables in tables grow without telling more

/** The line that the compiled decoder writes for a record, `null` when it leaves that to the reference decoder. */
function lineOf(copybook: string, record: Uint8Array, options: CodecOptions = {}): string | null {
  const decoder = compiledOf(codecOf(copybook, options, { odo: options.odo ?? 'maximum' }));
  compareDecoders(decoder, [record], emptyComparison());
  const line = Buffer.from(decoder.space.output).toString('utf8').trimEnd();
  return line === '' ? null : line;
}

/** Bytes from bits in groups. */
function bitBytes(text: string): Uint8Array {
  const bits = text.replaceAll(' ', '');
  const whole = bits.padEnd(8 * Math.ceil(bits.length / 8), '0');
  return Uint8Array.from(whole.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

describe('a compiled decoder of bits', () => {
  it('finds them where a pencil would put them', () => {
    const seen = emptyComparison();
    fc.assert(
      fc.property(
        bitItems,
        fc.constantFrom('maximum' as const, 'shifted' as const),
        fc.constantFrom('fixed' as const, 'rdw' as const),
        fc.infiniteStream(fc.nat({ max: 1023 })),
        (items, odo, format, noise) => {
          const codec = codecOf(bitCopybook(items), { odo, format });
          fc.pre(codec.maximumLength <= longest);
          const records = Array.from({ length: 5 }, () => makeRecord(items, odo, () => noise.next().value));
          const decoder = compiledOf(codec);
          compareDecoders(
            decoder,
            records.map(({ bytes }) => bytes),
            seen,
          );
          const lines = Buffer.from(decoder.space.output).toString('utf8').trimEnd().split('\n');
          const values = lines.map((line): unknown => JSON.parse(line));
          expect(values).toEqual(records.map(({ value }) => JSON.parse(JSON.stringify(value)) as unknown));
        },
      ),
      { numRuns: Math.ceil(runs / 8) },
    );
    expect(seen.cleanRefused).toBe(0);
  });

  it.each(Array.from({ length: 64 }, (_, index) => index + 1))('reads %i bits wherever they start', (size) => {
    const copybook = `01 R. ${[1, 2, 3, 4, 5, 6, 7, 8].map((bit) => `05 A${bit} PIC 1(${size}) BIT. 05 B${bit} PIC 1 BIT.`).join(' ')}`;
    const random = randomSource(size);
    const ones = new Uint8Array(size + 1).fill(0xff);
    const mixed = Uint8Array.from({ length: size + 1 }, () => random.integer(0, 255));
    const seen = emptyComparison();
    const styles = size > 50 ? (['exact', 'string', 'bigint'] as const) : (['exact'] as const);
    for (const numbers of styles) compareDecoders(compiledOf(codecOf(copybook, { numbers })), [ones, mixed], seen);
    expect(seen).toEqual({ ...emptyComparison(), records: 2 * styles.length, clean: 2 * styles.length });
  });

  it('counts tables of bits, and goes on at the next byte behind them', () => {
    const copybook = `01 R. 05 N PIC 1(3) BIT. 05 T PIC 1(5) BIT OCCURS 0 TO 5 DEPENDING ON N. 05 M PIC 1(2) BIT.
      05 U GROUP-USAGE BIT OCCURS 1 TO 2 DEPENDING ON M. 10 A PIC 1(2) BIT. 10 B PIC 1 BIT OCCURS 0 TO 3 DEPENDING ON A.
      05 C PIC X(2).`;
    const record = bitBytes('010 00001 11111 10 11 101 01 0 0  11000001 11000010');
    const line = '{"N":2,"T":[1,31],"M":2,"U":[{"A":3,"B":[1,0,1]},{"A":1,"B":[0]}],"C":"AB"}';
    expect(lineOf(copybook, record, { odo: 'shifted' })).toBe(line);
    expect(lineOf(copybook, record.subarray(0, 4), { odo: 'shifted' })).toBeNull();
  });

  it('gives them the decimals that a setting says', () => {
    const copybook = '01 R. 05 A PIC 1(26) BIT. 05 B PIC 1(6) BIT. 05 C PIC 1(8) BIT.';
    const record = bitBytes('00 0000 0000 0000 0000 1001 0110 000111 11111111');
    expect(lineOf(copybook, record, { field: ['A=scale:2', 'B=scale:3'] })).toBe('{"A":1.50,"B":0.007,"C":255}');
  });

  it('chooses views by bits behind a table of variable length, and views that start at a bit', () => {
    const copybook = `01 R. 05 N PIC 1(2) BIT. 05 T PIC 1 BIT OCCURS 0 TO 3 DEPENDING ON N. 05 K PIC 1(2) BIT.
      05 V PIC 1(5) BIT. 05 W REDEFINES V GROUP-USAGE BIT. 10 A PIC 1(2) BIT. 10 B PIC 1(3) BIT.`;
    const options: CodecOptions = { odo: 'shifted', view: ['K:1=V', 'K:2=W'], format: 'rdw' };
    expect(lineOf(copybook, bitBytes('01 1 01 11010'), options)).toBe('{"N":1,"T":[1],"K":1,"V":26}');
    expect(lineOf(copybook, bitBytes('11 100 10 11010'), options)).toBe('{"N":3,"T":[1,0,0],"K":2,"W":{"A":3,"B":2}}');
    expect(lineOf(copybook, bitBytes('01 1 11 11010'), options)).toBeNull();
  });

  it('takes records without the bits at their end that do not count', () => {
    const copybook = '01 R. 05 N PIC 1(4) BIT. 05 T PIC 1(5) BIT OCCURS 0 TO 9 DEPENDING ON N.';
    const record = bitBytes('0010 00001 00010 000');
    expect(lineOf(copybook, record, { format: 'rdw' })).toBe('{"N":2,"T":[1,2]}');
    expect(lineOf(copybook, record.subarray(0, 1), { format: 'rdw' })).toBeNull();
  });
});

describe('a compiled decoder', () => {
  it('reads counters and discriminators ahead that stand behind what they decide', () => {
    const copybook =
      '01 R. 05 T PIC 9 OCCURS 0 TO 3 DEPENDING ON N. 05 A PIC X. 05 B REDEFINES A PIC 9. 05 K PIC X. 05 N PIC 9.';
    const options = { view: ['K:a=A', 'K:b=B'] };
    expect(lineOf(copybook, ebcdic('1207b2'), options)).toBe('{"T":[1,2],"B":7,"K":"b","N":2}');
    expect(lineOf(copybook, ebcdic('1207a2'), options)).toBe('{"T":[1,2],"A":"7","K":"a","N":2}');
    expect(lineOf(copybook, ebcdic('1207b4'), options)).toBeNull();
  });

  it('reads a counter in a view that is absent', () => {
    const copybook = '01 R. 05 A PIC X. 05 B REDEFINES A PIC 9. 05 T PIC X OCCURS 1 TO 3 DEPENDING ON B.';
    expect(lineOf(copybook, ebcdic('2xy'), { view: ['A=A'], odo: 'shifted' })).toBe('{"A":"2","T":["x","y"]}');
    expect(lineOf(copybook, ebcdic('?xy'), { view: ['A=A'], odo: 'shifted' })).toBeNull();
  });

  it('finds a discriminator in one of the views that it chooses from', () => {
    const copybook = `01 R. 05 H PIC X. 05 A. 10 K PIC X. 10 X PIC X(2). 05 B REDEFINES A. 10 L PIC X. 10 Y PIC 9(2).`;
    const options = { view: ['K:a=A', 'L:b=B'] };
    expect(lineOf(copybook, ebcdic('haxy'), options)).toBe('{"H":"h","A":{"K":"a","X":"xy"}}');
    expect(lineOf(copybook, ebcdic('hb12'), options)).toBe('{"H":"h","B":{"L":"b","Y":12}}');
  });

  it('chooses records by many bytes, and by bits', () => {
    const copybook = '01 A. 05 K PIC X(12). 05 V PIC X. 01 B. 05 F PIC 1(3) BIT. 05 L PIC 1(5) BIT. 05 W PIC X(12).';
    const options: CodecOptions = { recordWhen: ['K:abcdefghijkl=A', 'L:9=B'] };
    expect(lineOf(copybook, ebcdic('abcdefghijklm'), options)).toBe('{"K":"abcdefghijkl","V":"m"}');
    expect(lineOf(copybook, hex(`A9 ${'81'.repeat(12)}`), options)).toBe(`{"F":5,"L":9,"W":"${'a'.repeat(12)}"}`);
  });
});
