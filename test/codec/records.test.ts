import { describe, expect, it } from 'vitest';
import { codecOf, codesOf, ebcdic, hex } from './codec-of.ts';

describe('the shape of a record', () => {
  it('has groups as objects and tables as arrays, without the 01', () => {
    const codec = codecOf('01 R. 05 G. 10 A PIC X. 10 B PIC X. 05 T PIC 9 OCCURS 3. 05 U OCCURS 2. 10 C PIC X.');
    expect(codec.decode(ebcdic('ab123cd')).value).toEqual({
      G: { A: 'a', B: 'b' },
      T: [1, 2, 3],
      U: [{ C: 'c' }, { C: 'd' }],
    });
  });

  it('is one member for an elementary 01 or 77', () => {
    expect(codecOf('01 FLAG PIC X.').decode(ebcdic('y')).value).toEqual({ FLAG: 'y' });
    const codec = codecOf('77 MY-COUNT PIC 9.', { names: 'camel' });
    expect(codec.toJson(codec.read(ebcdic('7')))).toBe('{"myCount":7}');
  });

  it('leaves elementary FILLER out, reads nothing into it, and keeps it on request', () => {
    const text = '01 R. 05 FILLER PIC 9. 05 A PIC X. 05 PIC XX. 05 FILLER OCCURS 2. 10 B PIC X.';
    expect(codecOf(text).decode(ebcdic('xabcde'))).toMatchObject({
      value: { A: 'a', 'FILLER-3': [{ B: 'd' }, { B: 'e' }] },
      issues: [],
    });
    const kept = codecOf(text, { filler: 'keep' }).decode(ebcdic('1abcde'));
    expect(kept.value).toEqual({ 'FILLER-1': 1, A: 'a', 'FILLER-2': 'bc', 'FILLER-3': [{ B: 'd' }, { B: 'e' }] });
  });

  it('moves the named children of a FILLER group up, and then counts names', () => {
    const text = '01 R. 05 A PIC X. 05 FILLER. 10 A PIC X. 10 A-2 PIC X. 10 FILLER. 15 A PIC X.';
    expect(codecOf(text).decode(ebcdic('1234')).value).toEqual({ A: '1', 'A-3': '2', 'A-2': '3', 'A-4': '4' });
  });

  it('renames before it counts', () => {
    const text =
      '01 R. 05 CUST-ID PIC X. 05 CUSTID PIC X. 05 G. 10 CUST-ID PIC X. 05 CUST-ID PIC X. 05 CUST-ID2 PIC X.';
    expect(codecOf(text, { names: 'camel' }).decode(ebcdic('abcde')).value).toEqual({
      custId: 'a',
      custid: 'b',
      g: { custId: 'c' },
      custId3: 'd',
      custId2: 'e',
    });
    expect(Object.keys(codecOf(text, { names: 'snake' }).decode(ebcdic('abcde')).value)).toEqual([
      'cust_id',
      'custid',
      'g',
      'cust_id_2',
      'cust_id2',
    ]);
  });

  it('has own members whatever their names', () => {
    const text = '01 R. 05 __PROTO__. 10 X PIC X. 05 CONSTRUCTOR PIC X. 05 TO-STRING PIC X. 05 HAS-OWN-PROPERTY PIC X.';
    const codec = codecOf(text, { names: 'camel' });
    const reading = codec.read(ebcdic('abcd'));
    const value = codec.toValue(reading);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value)).toEqual([
      ['__proto__', { x: 'a' }],
      ['constructor', 'b'],
      ['toString', 'c'],
      ['hasOwnProperty', 'd'],
    ]);
    expect(JSON.parse(codec.toJson(reading))).toEqual(value);
    expect(codec.toJson(reading)).toBe('{"__proto__":{"x":"a"},"constructor":"b","toString":"c","hasOwnProperty":"d"}');
  });

  it('outputs only what is selected, under the names it has in the whole record', () => {
    const text = '01 R. 05 A PIC X. 05 G. 10 B PIC X. 10 C PIC X. 05 H. 10 B PIC X.';
    expect(codecOf(text, { select: 'h.b,A' }).decode(ebcdic('abcd')).value).toEqual({ A: 'a', H: { B: 'd' } });
    expect(codecOf(text, { select: ['G'] }).decode(ebcdic('abcd')).value).toEqual({ G: { B: 'b', C: 'c' } });
    expect(() => codecOf(text, { select: 'B' })).toThrow(
      expect.objectContaining({ code: 'AMBIGUOUS_NAME', exitStatus: 2 }),
    );
    expect(() => codecOf(text, { select: 'X' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_NAME', exitStatus: 2 }),
    );
  });

  it('applies a field setting to everything below a group, the later one last', () => {
    const text = '01 R. 05 G. 10 A PIC X. 10 B PIC X.';
    expect(codecOf(text, { field: ['G=hex', 'B=string'] }).decode(ebcdic('ab')).value).toEqual({
      G: { A: '81', B: 'b' },
    });
    expect(() => codecOf(text, { field: 'A=nonsense' })).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => codecOf(text, { field: 'A' })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('several 01s', () => {
  const text = '01 HEAD. 05 TYP PIC X. 05 H PIC XX. 01 LINE. 05 TYP PIC X. 05 N PIC 9(4). 01 FOOT. 05 T2 PIC X.';

  it('need a choice', () => {
    expect(() => codecOf(text)).toThrow(/HEAD, LINE, FOOT/);
    expect(() => codecOf(text, { record: 'nothing' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_NAME' }));
    expect(codecOf(text, { record: 'line' }).decode(ebcdic('L0042'))).toMatchObject({
      value: { TYP: 'L', N: 42 },
      record: 'LINE',
    });
  });

  it('are told apart by rules, in order', () => {
    const codec = codecOf(text, { recordWhen: ['TYP:H=HEAD', "typ:'L',M=LINE", 'T2:F=FOOT'], format: 'rdw' });
    expect([codec.minimumLength, codec.maximumLength]).toEqual([1, 5]);
    expect(codec.decode(ebcdic('Hab'))).toMatchObject({ record: 'HEAD', view: 'HEAD', value: { H: 'ab' }, issues: [] });
    expect(codec.decode(ebcdic('M0001'))).toMatchObject({ record: 'LINE', value: { N: 1 } });
    expect(codec.lengthOf(ebcdic('F'))).toBe(1);
    const none = codec.decode(ebcdic('Z'));
    expect(none).toMatchObject({ record: null, value: {}, view: null });
    expect(codesOf(none)).toEqual(['NO_RECORD!']);
    expect(codec.decode(new Uint8Array(0)).record).toBeNull();
  });
});

describe('options', () => {
  it('that make no sense are refused with a message', () => {
    expect(() => codecOf('01 R PIC X.', { trim: 'middle' as never })).toThrow(/trim/);
    expect(() => codecOf('01 R PIC X.', { nonsense: 1 } as never)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => codecOf('01 R PIC X.', { codepage: 'nope' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_CODE_PAGE' }),
    );
    expect(codecOf('01 R PIC X.', { trim: undefined }).options.trim).toBe('right');
  });
});

describe('short and long records', () => {
  const text = '01 R. 05 A PIC XX. 05 N PIC 9(3). 05 B PIC X(4). 05 G. 10 C PIC X. 10 T PIC X OCCURS 3.';

  it('under fixed are an error, and yield what is there', () => {
    const found = codecOf(text).decode(ebcdic('ab123c'));
    expect(found.value).toEqual({ A: 'ab', N: 123, B: 'c' });
    expect(codesOf(found)).toEqual(['RECORD_SHORT!', 'ITEM_CUT!']);
  });

  it('elsewhere lose their tail with one note', () => {
    const found = codecOf(text, { format: 'rdw' }).decode(ebcdic('ab123'));
    expect(found.value).toEqual({ A: 'ab', N: 123 });
    expect(found.issues).toMatchObject([{ code: 'TAIL_ABSENT', severity: 'note', path: 'B', offset: 5 }]);
    expect(codesOf(codecOf(text, { format: 'bdw' }).decode(ebcdic('ab12')))).toEqual(['ITEM_CUT!', 'TAIL_ABSENT']);
    expect(codecOf(text, { format: 'rdw' }).decode(ebcdic('ab123cdefgX')).value).toMatchObject({
      G: { C: 'g', T: ['X'] },
    });
  });

  it('as text are filled with blanks', () => {
    const found = codecOf(text, { format: 'text', codepage: 'ascii' }).decode(Buffer.from('ab123c'));
    expect(found).toMatchObject({ value: { A: 'ab', N: 123, B: 'c', G: { C: '', T: ['', '', ''] } }, issues: [] });
    const twice = codecOf(text, { format: 'text' });
    expect(twice.decode(ebcdic('ab123cdefghij')).value).toMatchObject({ G: { T: ['h', 'i', 'j'] } });
    expect(twice.decode(ebcdic('a')).value).toMatchObject({ A: 'a', N: null, G: { T: ['', '', ''] } });
  });

  it('that are too long have a note about the surplus', () => {
    const found = codecOf(text).decode(ebcdic('ab123cdefghijXY'));
    expect(found.issues).toEqual([
      {
        code: 'SURPLUS_BYTES',
        severity: 'note',
        path: '',
        offset: 13,
        length: 2,
        hex: 'E7E8',
        expected: expect.any(String),
      },
    ]);
  });

  it('do not make room for tables they do not have', () => {
    const codec = codecOf('01 R. 05 T OCCURS 10000000. 10 A PIC X. 10 B PIC X.', { format: 'rdw' });
    expect(codec.decode(hex('C1'))).toMatchObject({ value: { T: [{ A: 'A' }] } });
  });

  it('do not list millions of entries that take no bytes', () => {
    const codec = codecOf(
      '01 R. 05 N PIC 9. 05 T OCCURS 10000000. 10 A PIC X OCCURS 0 TO 5 DEPENDING ON N. 05 Z PIC X.',
    );
    const found = codec.decode(ebcdic('0z'));
    expect(codesOf(found)).toContain('EMPTY_ENTRIES!');
    expect((found.value['T'] as unknown[]).length).toBeLessThan(100_000);
  });

  it('are in their issue whole, not the first bytes of them', () => {
    const codec = codecOf('01 R. 05 K PIC X. 05 A PIC X(600). 05 B REDEFINES A PIC 9(600).', { view: 'K:b=B' });
    const [issue] = codec.decode(ebcdic(`x${'y'.repeat(600)}`)).issues;
    expect(issue).toMatchObject({ code: 'NO_VIEW', offset: 1, length: 600, hex: 'A8'.repeat(600) });
  });
});

describe('the options of a codec', () => {
  const text = '01 R. 05 A PIC 9(2) COMP. 05 FILLER PIC X.';

  it('may be those that parseCopybook and layoutOf were given', () => {
    const options = { sourceFormat: 'free', dialect: 'gnucobol', pointerSize: 4, filler: true } as const;
    expect(codecOf(text, options, options).decode(hex('0781')).value).toEqual({ A: 7, 'FILLER-1': 'a' });
  });

  it('must not be those of another layout', () => {
    for (const options of [
      { dialect: 'gnucobol' },
      { binarySize: '1--8' },
      { pointerSize: 8 },
      { syn: 'ibm' },
    ] as const) {
      expect(() => codecOf(text, options)).toThrow(expect.objectContaining({ code: 'USAGE', exitStatus: 2 }));
    }
    expect(codecOf(text, { dialect: 'ibm', sync: 'ibm' }).maximumLength).toBe(3);
  });
});
