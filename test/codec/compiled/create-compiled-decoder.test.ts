import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../../src/codec/codec-options.ts';
import { type CompiledDecoder, createCompiledDecoder } from '../../../src/codec/compiled/create-compiled-decoder.ts';
import { DecodingSpace } from '../../../src/codec/compiled/decoding-space.ts';
import { codecOf, ebcdic, hex } from '../codec-of.ts';
import { compiledOf } from './compare-decoders.ts';

/** Decode records of equal length; gives the lines, and where it stopped. */
function decodeAll(decoder: CompiledDecoder, records: readonly Uint8Array[]): { lines: string[]; refused: number[] } {
  const stride = records[0]?.length ?? 0;
  decoder.space.reserve(stride * records.length, 0);
  for (const [index, record] of records.entries()) decoder.space.input.set(record, index * stride);
  const refused: number[] = [];
  decoder.space.clear();
  for (let first = 0; first < records.length; ) {
    const { done, stopped } = decoder.decodeFixed(first * stride, records.length - first, stride);
    first += done;
    if (stopped !== 'unusual') continue;
    refused.push(first);
    const record = records[first] ?? new Uint8Array(0);
    expect(decoder.space.append(decoder.codec.toJson(decoder.codec.read(record)))).toBe(true);
    first += 1;
  }
  return { lines: Buffer.from(decoder.space.output).toString('utf8').trimEnd().split('\n'), refused };
}

/** Decode one record of a copybook; what the compiled decoder itself wrote, `null` when it refused. */
function decodeOne(copybook: string, record: Uint8Array, options: CodecOptions = {}): string | null {
  const decoder = compiledOf(codecOf(copybook, options));
  decoder.space.reserve(record.length, 1);
  decoder.space.input.set(record);
  decoder.space.list.set([0, record.length]);
  const { done } = decoder.decodeListed(0, 1);
  return done === 0 ? null : Buffer.from(decoder.space.output).toString('utf8').trimEnd();
}

describe('a compiled decoder', () => {
  it('goes on behind a record that it leaves to the reference decoder', () => {
    const codec = codecOf('01 R. 05 NAME PIC X(3). 05 N PIC S9(3) COMP-3.');
    const good = hex('C1C240 123C');
    const { lines, refused } = decodeAll(compiledOf(codec), [good, hex('C1C240 12FC'), good, hex('C1C240 1235'), good]);
    expect(lines).toEqual([
      '{"NAME":"AB","N":123}',
      '{"NAME":"AB","N":null}',
      '{"NAME":"AB","N":123}',
      '{"NAME":"AB","N":null}',
      '{"NAME":"AB","N":123}',
    ]);
    expect(refused).toEqual([1, 3]);
  });

  it('judges a view by this record, whatever an earlier one left behind its table', () => {
    const copybook = `01 R. 05 A PIC X(8). 05 V REDEFINES A.
      10 G PIC G. 10 N PIC 9. 10 T PIC X OCCURS 1 TO 3 DEPENDING ON N. 10 Z PIC 9(2).`;
    const codec = codecOf(copybook, { views: 'good', odo: 'shifted', codepage: 'latin1' });
    const records = [hex('4040 31 41 4A4B 2020'), hex('4058 31 41 3132 2020')]; // Z is bad; G has no character, which is noted
    const { lines } = decodeAll(compiledOf(codec), records);
    expect(lines).toEqual(records.map((record) => codec.toJson(codec.read(record))));
    expect(lines[1]).toContain('"V":');
  });

  it.each([
    ['a digit over 9', '12FC'],
    ['a sign that is no sign', '1235'],
  ])('refuses a packed number with %s', (_, bytes) => {
    expect(decodeOne('01 R. 05 N PIC S9(3) COMP-3.', hex(bytes))).toBeNull();
  });

  it('refuses records that are too short or too long, and empty ones', () => {
    const copybook = '01 R. 05 A PIC X(2).';
    expect(decodeOne(copybook, hex('C1'))).toBeNull();
    expect(decodeOne(copybook, hex('C1C1C1'))).toBeNull();
    expect(decodeOne(copybook, hex(''))).toBeNull();
  });

  it('writes characters beyond ASCII as UTF-8, and escapes what JSON escapes', () => {
    expect(decodeOne('01 R. 05 A PIC X(5).', ebcdic('é"\\ü '), {})).toBe('{"A":"é\\"\\\\ü"}');
    expect(decodeOne('01 R. 05 A PIC X(2).', hex('9F40'), { codepage: 'cp1147' })).toBe('{"A":"€"}');
    expect(decodeOne('01 R. 05 A PIC X(2).', hex('0040'), {})).toBe('{"A":"\\u0000"}');
  });

  it('writes numbers with the digits of their scale', () => {
    const copybook = '01 R. 05 A PIC S9(3)V99 COMP-3. 05 B PIC SVPP99. 05 C PIC S9(2)PP. 05 D PIC S9(16)V99 COMP-3.';
    const record = hex('00050C F1D2 F1C2 000000000000000125 0D'.replaceAll(' ', ''));
    expect(decodeOne(copybook, record)).toBe('{"A":0.50,"B":-0.0012,"C":1200,"D":"-12.50"}');
  });

  it('follows counters, and refuses those out of range', () => {
    const copybook = '01 R. 05 N PIC 9. 05 T OCCURS 0 TO 3 DEPENDING ON N. 10 A PIC X. 10 B PIC 9. 05 Z PIC X(2).';
    expect(decodeOne(copybook, ebcdic('2a1b2zz'))).toBe('{"N":2,"T":[{"A":"a","B":1},{"A":"b","B":2}],"Z":"zz"}');
    expect(decodeOne(copybook, ebcdic('0zz'))).toBe('{"N":0,"T":[],"Z":"zz"}');
    expect(decodeOne(copybook, ebcdic('4a1b2c3d4zz'))).toBeNull();
    expect(decodeOne(copybook, ebcdic('2a1b2zzz'))).toBeNull();
  });

  it('takes records without the slots at their end that do not count', () => {
    const copybook = '01 R. 05 N PIC 9. 05 G. 10 T OCCURS 0 TO 3 DEPENDING ON N PIC X(2).';
    const decode = (text: string, options: CodecOptions): string | null => decodeOne(copybook, ebcdic(text), options);
    for (const odo of ['maximum', 'padded'] as const) {
      expect(decode('2aabb', { odo, format: 'rdw' })).toBe('{"N":2,"G":{"T":["aa","bb"]}}');
      expect(decode('2aabbcc', { odo, format: 'rdw' })).toBe('{"N":2,"G":{"T":["aa","bb"]}}');
      expect(decode('2aabbc', { odo, format: 'rdw' })).toBe('{"N":2,"G":{"T":["aa","bb"]}}');
      expect(decode('2aab', { odo, format: 'rdw' })).toBeNull();
      expect(decode('2aabbccd', { odo, format: 'rdw' })).toBeNull();
      expect(decode('0', { odo, format: 'rdw' })).toBeNull(); // the group is absent
      expect(decode('2aabb', { odo, format: 'fixed' })).toBeNull();
    }
  });

  it('chooses views by rule', () => {
    const copybook =
      '01 R. 05 K PIC X. 05 A PIC X(4). 05 B REDEFINES A PIC 9(4). 05 C REDEFINES A. 10 D PIC X. 05 Z PIC X.';
    const options = { view: ['K:a=A', 'K:b=B', 'K:c,d=C'] };
    expect(decodeOne(copybook, ebcdic('axyz z'), options)).toBe('{"K":"a","A":"xyz","Z":"z"}');
    expect(decodeOne(copybook, ebcdic('b0012z'), options)).toBe('{"K":"b","B":12,"Z":"z"}');
    expect(decodeOne(copybook, ebcdic('d0012z'), options)).toBe('{"K":"d","C":{"D":"0"},"Z":"z"}');
    expect(decodeOne(copybook, ebcdic('e0012z'), options)).toBeNull();
  });

  it('chooses records by rule', () => {
    const copybook = '01 A. 05 K PIC X(2). 05 N PIC 9(3). 01 B. 05 L PIC X(2). 05 T PIC X(5).';
    const options: CodecOptions = { recordWhen: ['K:aa=A', 'L:b,bb=B'], format: 'rdw' };
    expect(decodeOne(copybook, ebcdic('aa012'), options)).toBe('{"K":"aa","N":12}');
    expect(decodeOne(copybook, ebcdic('b texte'), options)).toBe('{"L":"b","T":"texte"}');
    expect(decodeOne(copybook, ebcdic('bbtexte'), options)).toBe('{"L":"bb","T":"texte"}');
    expect(decodeOne(copybook, ebcdic('cctexte'), options)).toBeNull();
    expect(decodeOne(copybook, ebcdic('a'), options)).toBeNull();
  });

  it('fills up short lines of text', () => {
    const copybook = '01 R. 05 A PIC X(3). 05 N PIC 9. 05 T PIC X(2) OCCURS 0 TO 20 DEPENDING ON N. 05 B PIC X(9).';
    const options: CodecOptions = { format: 'text' };
    expect(decodeOne(copybook, ebcdic('abc2xxyyz'), options)).toBe('{"A":"abc","N":2,"T":["xx","yy"],"B":"z"}');
    expect(decodeOne(copybook, ebcdic('abc0'), options)).toBe('{"A":"abc","N":0,"T":[],"B":""}');
    expect(decodeOne(copybook, ebcdic('abc01234567890'), options)).toBeNull();
    expect(decodeOne(copybook, ebcdic('abc'), options)).toBeNull();
  });

  it('tries views that no rule chooses, and leaves out those that cannot be read', () => {
    const copybook = `01 R. 05 A PIC X(4). 05 B REDEFINES A PIC 9(4). 05 C REDEFINES A. 10 D PIC S9(3) COMP-3. 10 E PIC X(2).
      05 F REDEFINES A. 10 G PIC 9(8) COMP-6.`;
    expect(decodeOne(copybook, hex('F0F1F2F3'))).toBe('{"A":"0123","B":123}');
    expect(decodeOne(copybook, hex('123CC1C1'))).toBe('{"A":"\\u0012\\u0014AA","C":{"D":123,"E":"AA"}}');
    expect(decodeOne(copybook, hex('40123456'))).toMatch(/"F":\{"G":40123456\}\}$/);
    expect(decodeOne(copybook, hex('C1C2C3C4'))).toBe('{"A":"ABCD"}');
    expect(decodeOne(copybook, hex('C1C2C3C4'), { views: 'first' })).toBe('{"A":"ABCD"}');
    expect(decodeOne(copybook, hex('123CC1C1'), { view: 'A=C' })).toBe('{"C":{"D":123,"E":"AA"}}');
    expect(decodeOne('01 R. 05 A PIC 9(2). 05 B REDEFINES A PIC X(2).', ebcdic('ab'))).toBe('{"B":"ab"}');
    expect(decodeOne('01 R. 05 A PIC 9(2). 05 B REDEFINES A PIC 9(2).', ebcdic('ab'))).toBeNull();
    const filler = '01 R. 05 A PIC 9(2). 05 FILLER REDEFINES A PIC 9(2). 05 B REDEFINES A PIC X(2). 05 C PIC X.';
    expect(decodeOne(filler, ebcdic('abc'))).toBe('{"B":"ab","C":"c"}');
    expect(decodeOne(filler, ebcdic('abc'), { views: 'first' })).toBe('{"C":"c"}');
  });

  it('works in a space that it shares with others', () => {
    const space = new DecodingSpace();
    const one = createCompiledDecoder(codecOf('01 R. 05 A PIC X(2). 05 N PIC S9(3)V99 COMP-3.'), space);
    const two = createCompiledDecoder(codecOf('01 R. 05 N PIC 9. 05 T OCCURS 0 TO 9 DEPENDING ON N PIC X.'), space);
    if ('refused' in one || 'refused' in two) throw new Error('refused');
    space.reserve(64, 4);
    space.input.set([...hex('C1C200123C'), ...ebcdic('3abc'), ...hex('C1C200123D'), ...ebcdic('0')]);
    space.list.set([0, 5, 5, 4, 9, 5, 14, 1]);
    for (const [index, decoder] of [one, two, one, two].entries()) {
      expect(decoder.decodeListed(index, 1)).toEqual({ done: 1, stopped: 'end' });
    }
    expect(Buffer.from(space.output).toString('utf8').trimEnd().split('\n')).toEqual([
      '{"A":"AB","N":1.23}',
      '{"N":3,"T":["a","b","c"]}',
      '{"A":"AB","N":-1.23}',
      '{"N":0,"T":[]}',
    ]);
  });

  it('reads fields that are not selected, since they may have issues', () => {
    const copybook = '01 R. 05 A PIC 9(2). 05 B PIC X. 05 T OCCURS 2. 10 C PIC 9.';
    expect(decodeOne(copybook, ebcdic('12x34'), { select: 'B' })).toBe('{"B":"x"}');
    expect(decodeOne(copybook, ebcdic('1ax34'), { select: 'B' })).toBeNull();
    expect(decodeOne(copybook, ebcdic('12x3='), { select: 'B' })).toBeNull();
  });

  it('stops when the output is full, and goes on when it is taken', () => {
    const codec = codecOf('01 R. 05 A PIC X(60).');
    const decoder = compiledOf(codec);
    const count = 10_000;
    decoder.space.reserve(60 * count, 0);
    decoder.space.input.fill(0xc1);
    let lines = 0;
    let rounds = 0;
    for (let first = 0; first < count; rounds++) {
      decoder.space.clear();
      const { done, stopped } = decoder.decodeFixed(60 * first, count - first, 60);
      first += done;
      expect(stopped).toBe(first < count ? 'full' : 'end');
      lines += Buffer.from(decoder.space.output).toString('latin1').split('\n').length - 1;
    }
    expect(lines).toBe(count);
    expect(rounds).toBeGreaterThan(1);
  });

  it('splits large layouts into several functions', () => {
    const names = Array.from({ length: 300 }, (_, index) => `F${index}`);
    const codec = codecOf(`01 R. ${names.map((name) => `05 ${name} PIC 9(3).`).join(' ')}`);
    const record = ebcdic(names.map((_, index) => String(index).padStart(3, '0')).join(''));
    const { lines, refused } = decodeAll(compiledOf(codec), [record, record]);
    const line = `{${names.map((name, index) => `"${name}":${index}`).join(',')}}`;
    expect(lines).toEqual([line, line]);
    expect(refused).toEqual([]);
  });
});
