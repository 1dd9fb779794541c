import { describe, expect, it } from 'vitest';
import { codecOf, codesOf, ebcdic, hex } from './codec-of.ts';

const text =
  '01 R. 05 TYP PIC X. 05 A PIC X(4). 05 B REDEFINES A. 10 N PIC 9(4). 05 C REDEFINES A PIC S9(7) COMP-3. 05 Z PIC X.';

describe('redefined areas', () => {
  it('show every view that reads without error', () => {
    expect(codecOf(text).decode(ebcdic('T1234z'))).toMatchObject({
      value: { TYP: 'T', A: '1234', B: { N: 1234 }, Z: 'z' },
      issues: [],
    });
    const codec = codecOf(text);
    const reading = codec.read(hex('E3 1234567C A9'));
    expect(Object.keys(codec.toValue(reading))).toEqual(['TYP', 'A', 'C', 'Z']);
    const root = reading.root;
    expect(root.kind === 'group' && root.absentViews).toMatchObject([
      { item: { name: 'B' }, offset: 1, reason: 'unreadable', issues: [{ code: 'ZONED_DIGIT', path: 'B.N' }] },
    ]);
  });

  it('show the redefined item with its errors when no view reads', () => {
    const numbers = '01 R. 05 A PIC 9(2). 05 B REDEFINES A PIC S9(3) COMP-3.';
    const found = codecOf(numbers).decode(ebcdic('xy'));
    expect(found.value).toEqual({ A: null });
    expect(found.issues).toMatchObject([{ code: 'ZONED_DIGIT', path: 'A' }]);
  });

  it('show all views, or the first that reads, on request', () => {
    expect(codecOf(text, { views: 'all' }).decode(ebcdic('Tabcdz'))).toMatchObject({
      value: { A: 'abcd', B: { N: null }, C: null },
    });
    expect(codecOf(text, { views: 'first' }).decode(ebcdic('T1234z')).value).toEqual({ TYP: 'T', A: '1234', Z: 'z' });
  });

  it('show only what a rule chooses', () => {
    const codec = codecOf(text, { view: ["TYP:N,'M'=B", 'typ:P=C', 'TYP:A=A'] });
    expect(codec.decode(ebcdic('M1234z'))).toMatchObject({ value: { TYP: 'M', B: { N: 1234 }, Z: 'z' }, view: 'B' });
    expect(Object.keys(codec.decode(ebcdic('A1234z')).value)).toEqual(['TYP', 'A', 'Z']);
    const none = codec.decode(ebcdic('X1234z'));
    expect(none.value).toEqual({ TYP: 'X', Z: 'z' });
    expect(none.issues).toMatchObject([
      { code: 'NO_VIEW', severity: 'error', path: 'A', offset: 1, length: 4, hex: 'F1F2F3F4' },
    ]);
    expect(codecOf(text, { view: 'A=C' }).decode(hex('E31234567CA9')).value).toEqual({ TYP: 'T', C: 1234567, Z: 'z' });
  });

  it('take a constant rule when no rule before it fits', () => {
    const codec = codecOf(text, { view: ['TYP:N=B', 'A=A'] });
    expect(Object.keys(codec.decode(ebcdic('N1234z')).value)).toEqual(['TYP', 'B', 'Z']);
    expect(Object.keys(codec.decode(ebcdic('?1234z')).value)).toEqual(['TYP', 'A', 'Z']);
  });

  it('refuse rules for what is no view', () => {
    expect(() => codecOf(text, { view: 'TYP:N=Z' })).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => codecOf(text, { view: 'Z=B' })).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => codecOf(text, { view: 'NO:N=B' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_NAME' }));
    expect(() => codecOf(text, { view: 'B' })).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => codecOf(text, { view: 'N:seven=B' })).toThrow(/is a number/);
  });

  it('are decided per entry inside a table', () => {
    const codec = codecOf('01 R. 05 T OCCURS 3. 10 TYP PIC X. 10 A PIC XX. 10 B REDEFINES A PIC 99.', {
      view: ['TYP:N=B', 'TYP:X=A'],
    });
    const found = codec.decode(ebcdic('N12Xab?cd'));
    expect(found.value).toEqual({ T: [{ TYP: 'N', B: 12 }, { TYP: 'X', A: 'ab' }, { TYP: '?' }] });
    expect(found.issues).toMatchObject([{ code: 'NO_VIEW', path: 'T(3).A', offset: 7 }]);
    expect(found.view).toBeNull();
  });

  it('may be decided by a field behind or inside them', () => {
    const behind = codecOf('01 R. 05 T OCCURS 2. 10 A PIC XX. 10 B REDEFINES A PIC 99. 10 TYP PIC X.', {
      view: ['TYP:N=B', 'TYP:X=A'],
    });
    expect(behind.decode(ebcdic('12NabX')).value).toEqual({
      T: [
        { B: 12, TYP: 'N' },
        { A: 'ab', TYP: 'X' },
      ],
    });
    const inside = codecOf('01 R. 05 A. 10 TYP PIC X. 10 P PIC XX. 05 B REDEFINES A. 10 PIC X. 10 Q PIC 99.', {
      view: ['TYP:N=B', 'TYP:X=A'],
    });
    expect(inside.decode(ebcdic('N12')).value).toEqual({ B: { Q: 12 } });
    expect(inside.decode(ebcdic('X12')).value).toEqual({ A: { TYP: 'X', P: '12' } });
  });

  it('nest, take the longest view, and compare numbers by value', () => {
    const nested =
      '01 R. 05 K PIC 9(3). 05 A PIC X. 05 B REDEFINES A. 10 C PIC XX. 10 D REDEFINES C PIC 99. 05 Z PIC X.';
    const codec = codecOf(nested, { view: ['K:7=B', 'K:8=A', 'K:7.0=D'] });
    expect(codec.decode(ebcdic('00712z'))).toMatchObject({ value: { K: 7, B: { D: 12 }, Z: 'z' }, view: 'B/D' });
    expect(codec.decode(ebcdic('00812z')).value).toEqual({ K: 8, A: '1', Z: 'z' });
  });

  it('fall away with the end of the record', () => {
    const found = codecOf(text, { format: 'rdw', view: 'TYP:N=B' }).decode(ebcdic('N'));
    expect(found.value).toEqual({ TYP: 'N' });
    expect(codesOf(found)).toEqual(['TAIL_ABSENT']);
  });

  it('match a blank discriminator', () => {
    const codec = codecOf(text, { view: ["TYP:''=A", 'TYP:N=B'] });
    expect(Object.keys(codec.decode(ebcdic(' 1234z')).value)).toContain('A');
    const number = codecOf('01 R. 05 K PIC 9. 05 A PIC X. 05 B REDEFINES A PIC 9.', { view: ["K:''=A", 'K:1=B'] });
    expect(number.decode(ebcdic(' 1')).value).toEqual({ K: null, A: '1' });
  });
});
