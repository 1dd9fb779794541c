import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../../src/codec/codec-options.ts';
import { createCompiledDecoder } from '../../../src/codec/compiled/create-compiled-decoder.ts';
import type { DialectOptions } from '../../../src/copybook/index.ts';
import { codecOf, ebcdic, hex } from '../codec-of.ts';
import { compareDecoders, compiledOf, emptyComparison } from './compare-decoders.ts';

interface Seen {
  readonly line: string | null;
  readonly notes: readonly string[];
}

/** What the compiled decoder makes of a record, which is what the reference decoder makes of it. */
function decode(copybook: string, record: Uint8Array, options: CodecOptions = {}, dialect: DialectOptions = {}): Seen {
  const decoder = compiledOf(codecOf(copybook, options, dialect));
  compareDecoders(decoder, [record], emptyComparison());
  const line = Buffer.from(decoder.space.output).toString('utf8').trimEnd();
  return {
    line: line === '' ? null : line,
    notes: decoder.notes.map(({ code, path, offset, hex: bytes }) => `${code} ${path} ${offset} ${bytes}`),
  };
}

describe('a compiled decoder has notes', () => {
  it.each([
    ['a sign that compilers do not write', '123A', '123', 'SIGN_NOT_PREFERRED N 0 123A'],
    ['minus zero', '000D', '0', 'MINUS_ZERO N 0 000D'],
    ['blanks', '4040', 'null', 'BLANK_NUMERIC N 0 4040'],
    ['low-values', '0000', 'null', 'BLANK_NUMERIC N 0 0000'],
  ])('about %s', (_, bytes, value, note) => {
    expect(decode('01 R. 05 N PIC S9(3) COMP-3.', hex(bytes))).toEqual({ line: `{"N":${value}}`, notes: [note] });
  });

  it('about blank numbers, whatever is to become of them', () => {
    const copybook = '01 R. 05 A PIC 9(2)V9. 05 B PIC S9(17) COMP-3. 05 C PIC X.';
    const record = ebcdic(`${' '.repeat(12)}x`);
    const notes = ['BLANK_NUMERIC A 0 404040', `BLANK_NUMERIC B 3 ${'40'.repeat(9)}`];
    expect(decode(copybook, record)).toEqual({ line: '{"A":null,"B":null,"C":"x"}', notes });
    expect(decode(copybook, record, { blank: 'zero' })).toEqual({ line: '{"A":0.0,"B":"0","C":"x"}', notes });
    expect(decode(copybook, record, { blank: 'error' }).line).toBeNull();
    expect(decode(copybook, record, { field: ['A=blank:zero'] }).line).toBe('{"A":0.0,"B":null,"C":"x"}');
    expect(decode(copybook, record, { numbers: 'string' })).toEqual({ line: '{"A":null,"B":null,"C":"x"}', notes });
  });

  it('with the subscripts of the entries they are about', () => {
    const copybook = `01 R. 05 N PIC 9. 05 T OCCURS 0 TO 3 DEPENDING ON N. 10 A PIC 9. 10 U OCCURS 2. 15 B PIC 9.
      10 W OCCURS 60. 15 D PIC 9. 05 C PIC 9 OCCURS 2.`;
    const rest = '7'.repeat(58);
    const record = ebcdic(`3${`1 2${rest}3 `}${` 45${rest} 7`}${`890${rest}12`} 5`);
    const { notes } = decode(copybook, record, { odo: 'shifted' }, { odo: 'shifted' });
    expect(notes.map((note) => note.split(' ')[1])).toEqual([
      'T(1).U(1).B',
      'T(1).W(60).D',
      'T(2).A',
      'T(2).W(59).D',
      'C(1)',
    ]);
  });

  it('but not about views that turn out to be absent', () => {
    const copybook = '01 R. 05 A. 10 B PIC 9. 10 C PIC 9. 05 D REDEFINES A PIC X(2). 05 E PIC 9.';
    expect(decode(copybook, ebcdic(' 1 '))).toEqual({
      line: '{"A":{"B":null,"C":1},"D":" 1","E":null}',
      notes: ['BLANK_NUMERIC A.B 0 40', 'BLANK_NUMERIC E 2 40'],
    });
    const both =
      '01 R. 05 A PIC X(4). 05 B REDEFINES A PIC 9(4). 05 C REDEFINES A. 10 D PIC S9(3) COMP-3. 10 E PIC X(2).';
    expect(decode(both, hex('F0F1F2C3')).line).toBe('{"A":"012C","B":123}');
    expect(decode(both, hex('40404040')).line).toBe('{"A":"","B":null,"C":{"D":null,"E":""}}');
    expect(decode(copybook, ebcdic(' = '))).toEqual({ line: '{"D":" =","E":null}', notes: ['BLANK_NUMERIC E 2 40'] });
  });

  it('about fields that are not selected', () => {
    expect(decode('01 R. 05 A PIC X. 05 B PIC 9.', ebcdic('x '), { select: 'A' })).toEqual({
      line: '{"A":"x"}',
      notes: ['BLANK_NUMERIC B 1 40'],
    });
  });

  it('about lines of text that were filled up', () => {
    expect(decode('01 R. 05 A PIC X(3). 05 B PIC 9(2). 05 C PIC 9(2).', ebcdic('abc12'), { format: 'text' })).toEqual({
      line: '{"A":"abc","B":12,"C":null}',
      notes: ['BLANK_NUMERIC C 5 4040'],
    });
  });

  it('of each record layout', () => {
    const copybook = '01 A. 05 K PIC X. 05 N PIC 9. 01 B. 05 L PIC X. 05 M PIC 9(2).';
    const options = { recordWhen: ['K:a=A', 'K:b=B'] };
    expect(decode(copybook, ebcdic('a '), options).notes).toEqual(['BLANK_NUMERIC N 1 40']);
    expect(decode(copybook, ebcdic('b  '), options).notes).toEqual(['BLANK_NUMERIC M 1 4040']);
  });

  it('and leaves records to the reference decoder whose counters or rules they are about, or that have too many', () => {
    const table = '01 R. 05 N PIC S9. 05 T OCCURS 0 TO 3 DEPENDING ON N PIC 9.';
    expect(decode(table, ebcdic('1   '), {}, { odo: 'maximum' }).line).toBeNull();
    const view = '01 R. 05 N PIC 9. 05 A PIC X. 05 B REDEFINES A PIC 9.';
    expect(decode(view, ebcdic(' 1'), { view: ['N:1=A', 'N:2=B'] }).line).toBeNull();
    const many = '01 R. 05 T OCCURS 200 PIC 9(3).';
    expect(decode(many, ebcdic('123'.repeat(190) + ' '.repeat(30))).notes).toHaveLength(10);
    expect(decode(many, ebcdic(' '.repeat(600))).line).toBeNull();
  });

  it('about the last record that is done, until the next run', () => {
    const decoder = createCompiledDecoder(codecOf('01 R. 05 A PIC 9(2). 05 B PIC X.'));
    if ('refused' in decoder) throw new Error(decoder.refused);
    const { space } = decoder;
    space.reserve(64, 0);
    space.input.set(ebcdic('12a  b34c==d56e'));
    expect(decoder.decodeFixed(0, 5, 3)).toEqual({ done: 2, stopped: 'noted' });
    expect(decoder.notes.map(({ code, path }) => `${code} ${path}`)).toEqual(['BLANK_NUMERIC A']);
    expect(decoder.notes).toEqual(decoder.codec.read(ebcdic('  b')).issues);
    expect(decoder.decodeFixed(6, 3, 3)).toEqual({ done: 1, stopped: 'unusual' });
    expect(decoder.notes).toEqual([]);
    expect(decoder.decodeAt(space.inputAddress + 3, 3)).toBe('noted');
    expect(decoder.decodeAt(space.inputAddress + 12, 3)).toBe('end');
    expect(decoder.notes).toEqual([]);
    expect(Buffer.from(space.output).toString('utf8').trimEnd().split('\n')).toEqual([
      ...['{"A":12,"B":"a"}', '{"A":null,"B":"b"}', '{"A":34,"B":"c"}', '{"A":null,"B":"b"}', '{"A":56,"B":"e"}'],
    ]);
  });
});
