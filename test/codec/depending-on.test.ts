import { describe, expect, it } from 'vitest';
import { createCodec } from '../../src/codec/create-codec.ts';
import { codecOf, codesOf, ebcdic, hex, layoutFrom } from './codec-of.ts';

const text = '01 R. 05 N PIC 9. 05 T PIC X OCCURS 1 TO 5 DEPENDING ON N. 05 Z PIC X.';

describe('OCCURS DEPENDING ON', () => {
  it('lets what follows slide, or stand, or fills the record', () => {
    const shifted = codecOf(text);
    expect([shifted.minimumLength, shifted.maximumLength]).toEqual([3, 7]);
    expect(shifted.decode(ebcdic('2abz'))).toMatchObject({ value: { N: 2, T: ['a', 'b'], Z: 'z' }, issues: [] });
    const maximum = codecOf(text, { odo: 'maximum' });
    expect([maximum.minimumLength, maximum.maximumLength]).toEqual([7, 7]);
    expect(maximum.decode(ebcdic('2abXXXz'))).toMatchObject({ value: { T: ['a', 'b'], Z: 'z' }, issues: [] });
    const padded = codecOf(text, { odo: 'padded' });
    expect(padded.minimumLength).toBe(7);
    expect(padded.decode(ebcdic('2abz   '))).toMatchObject({ value: { T: ['a', 'b'], Z: 'z' }, issues: [] });
  });

  it('gives real offsets and lengths', () => {
    const { root } = codecOf(text).read(ebcdic('2abz'));
    const [, table, last] = root.kind === 'group' ? root.children : [];
    expect(table).toMatchObject({
      kind: 'table',
      offset: 1,
      length: 2,
      entries: [{ offset: 1, subscripts: [1] }, { offset: 2 }],
    });
    expect(last).toMatchObject({ offset: 3, length: 1, value: 'z' });
  });

  it('counts to the maximum when the counter is out of range or unreadable', () => {
    const range = codecOf(text).decode(ebcdic('9abcdez'));
    expect(range).toMatchObject({ value: { N: 9, T: ['a', 'b', 'c', 'd', 'e'], Z: 'z' } });
    expect(range.issues).toMatchObject([
      { code: 'COUNTER_RANGE', severity: 'error', path: 'N', offset: 0, length: 1, hex: 'F9' },
    ]);
    const unreadable = codecOf(text).decode(ebcdic('?abcdez'));
    expect(codesOf(unreadable)).toEqual(['ZONED_DIGIT!', 'COUNTER_UNREADABLE!']);
    expect(unreadable.value).toMatchObject({ N: null, Z: 'z' });
    expect(codesOf(codecOf(text, { blank: 'zero' }).decode(ebcdic(' abcdez')))).toEqual([
      'BLANK_NUMERIC',
      'COUNTER_RANGE!',
    ]);
  });

  it('takes OCCURS n DEPENDING ON as 0 to n', () => {
    const codec = codecOf('01 R. 05 N PIC 9. 05 T PIC X OCCURS 3 DEPENDING ON N.');
    expect(codec.decode(ebcdic('0'))).toMatchObject({ value: { N: 0, T: [] }, issues: [] });
    expect(codec.minimumLength).toBe(1);
  });

  it('uses the counter of the same entry, nested', () => {
    const nested = codecOf(
      '01 R. 05 N PIC 9. 05 T OCCURS 0 TO 3 DEPENDING ON N. 10 M PIC 9. 10 U PIC X OCCURS 0 TO 3 DEPENDING ON M. 10 E PIC X. 05 Z PIC X.',
    );
    const found = nested.decode(ebcdic('22abe0fz'));
    expect(found.issues).toEqual([]);
    expect(found.value).toEqual({
      N: 2,
      T: [
        { M: 2, U: ['a', 'b'], E: 'e' },
        { M: 0, U: [], E: 'f' },
      ],
      Z: 'z',
    });
    expect(nested.lengthOf(ebcdic('22abe0fz and more'))).toBe(8);
    expect(nested.lengthOf(ebcdic('22abe'))).toBeNull();
    expect(nested.lengthOf(new Uint8Array(0))).toBeNull();
  });

  it('uses the last counter read before the table', () => {
    const codec = codecOf('01 R. 05 S OCCURS 2. 10 N PIC 9. 05 T PIC X OCCURS 1 TO 3 DEPENDING ON N.');
    expect(codec.decode(ebcdic('31a'))).toMatchObject({ value: { S: [{ N: 3 }, { N: 1 }], T: ['a'] }, issues: [] });
  });

  it('reads a counter whose view is absent', () => {
    const codec = codecOf('01 R. 05 A PIC X. 05 B REDEFINES A PIC 9. 05 T PIC X OCCURS 1 TO 3 DEPENDING ON B.', {
      view: 'A=A',
    });
    expect(codec.decode(ebcdic('2xy'))).toMatchObject({ value: { A: '2', T: ['x', 'y'] }, issues: [] });
  });

  it('slides only inside the area when the table is in a view', () => {
    const codec = codecOf(
      '01 R. 05 N PIC 9. 05 A PIC X(4). 05 B REDEFINES A. 10 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 10 C PIC X. 05 Z PIC X.',
    );
    expect(codec.decode(ebcdic('1tc--z')).value).toEqual({ N: 1, A: 'tc--', B: { T: ['t'], C: 'c' }, Z: 'z' });
    expect(codec.minimumLength).toBe(6);
  });

  it('slides slack bytes along with their item', () => {
    const codec = codecOf(
      '01 R. 05 N PIC 9. 05 T PIC X OCCURS 0 TO 5 DEPENDING ON N. 05 B PIC S9(9) COMP SYNC. 05 Z PIC X.',
    );
    expect(codec.maximumLength).toBe(13);
    expect(codec.decode(hex('F2 8182 0000 00000007 A9'))).toMatchObject({
      value: { T: ['a', 'b'], B: 7, Z: 'z' },
      issues: [],
    });
  });

  it('refuses counters that sliding tables cannot use', () => {
    const behind = '01 R. 05 T PIC X OCCURS 1 TO 3 DEPENDING ON N. 05 N PIC 9.';
    const fixed = layoutFrom(behind, { odo: 'maximum' });
    expect(createCodec(fixed).decode(ebcdic('abc2'))).toMatchObject({ value: { T: ['a', 'b'], N: 2 }, issues: [] });
    expect(() => createCodec(fixed, { odo: 'shifted' })).toThrow(
      expect.objectContaining({ code: 'COUNTER_BEHIND', exitStatus: 3 }),
    );
    const unknown = layoutFrom('01 R. 05 T PIC X OCCURS 1 TO 3 DEPENDING ON NOWHERE.', { odo: 'maximum' });
    expect(() => createCodec(unknown, { odo: 'padded' })).toThrow(expect.objectContaining({ code: 'COUNTER_UNKNOWN' }));
    expect(createCodec(unknown).decode(ebcdic('abc')).value).toEqual({ T: ['a', 'b', 'c'] });
  });

  it('says nothing about a counter that lies behind the end of the record', () => {
    const codec = codecOf('01 R. 05 A PIC X. 05 N PIC 9. 05 T PIC X OCCURS 1 TO 3 DEPENDING ON N.', { format: 'rdw' });
    expect(codesOf(codec.decode(ebcdic('a')))).toEqual(['TAIL_ABSENT']);
  });

  it('reads single fields for framing, behind sliding tables too', () => {
    const read = codecOf(text).fieldReader('z');
    expect(read(ebcdic('2abz...'))).toMatchObject({ value: 'z', offset: 3 });
    expect(read(ebcdic('2ab'))).toBeNull();
    expect(() => codecOf(text).fieldReader('Q')).toThrow(expect.objectContaining({ code: 'UNKNOWN_NAME' }));
  });

  it('counts by the number in a counter that is shown in hexadecimal', () => {
    const found = codecOf(text, { field: 'R=hex' }).decode(ebcdic('2abz'));
    expect(found).toMatchObject({ value: { N: 'F2', T: ['81', '82'], Z: 'A9' }, issues: [] });
    expect(codesOf(codecOf(text, { field: 'N=hex' }).decode(ebcdic('?abcdez')))).toEqual(['COUNTER_UNREADABLE!']);
  });

  it('ends when a table that chooses a view has its counter behind it', () => {
    const codec = codecOf(
      '01 R. 05 T PIC 9 OCCURS 1 TO 3 DEPENDING ON N. 05 A PIC X. 05 B REDEFINES A PIC 9. 05 N PIC 9.',
      { view: ['T:1=A', 'T:2=B'] },
      { odo: 'maximum' },
    );
    expect(codec.decode(ebcdic('12372'))).toMatchObject({ value: { T: [1, 2], B: 7, N: 2 }, issues: [] });
  });
});
