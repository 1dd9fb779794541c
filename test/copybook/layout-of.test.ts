import { describe, expect, it } from 'vitest';
import { CopybookError } from '../../src/copybook/copybook-error.ts';
import type { DialectOptions } from '../../src/copybook/dialect.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';

/** `NAME@offset+length` of every item, in copybook order. */
function places(text: string, options: DialectOptions = {}): string[] {
  return layoutOf(parseCopybook(text, { sourceFormat: 'free' }), options).records.flatMap((record) =>
    record.items.map((item) => `${item.name ?? 'FILLER'}@${item.offset}+${item.length}`),
  );
}

function codeOf(text: string, options: DialectOptions = {}): string {
  try {
    layoutOf(parseCopybook(text, { sourceFormat: 'free' }), options);
  } catch (error) {
    if (error instanceof CopybookError) return error.code;
    throw error;
  }
  return 'none';
}

describe('sizes', () => {
  it('takes binary bytes by the size rule of the dialect', () => {
    const text =
      '01 R. 05 A PIC 9(2) COMP. 05 B PIC 9(4) COMP. 05 C PIC S9(6) COMP. 05 D PIC 9(10) COMP. 05 E PIC 9(18) COMP.';
    const lengths = (options: DialectOptions): string =>
      places(text, options)
        .slice(1)
        .map((place) => place.split('+')[1])
        .join(' ');
    expect(lengths({})).toBe('2 2 4 8 8');
    expect(lengths({ dialect: 'gnucobol' })).toBe('1 2 4 8 8');
    expect(lengths({ dialect: 'microfocus' })).toBe('1 2 3 5 8');
    expect(lengths({ binarySize: '1-2-4-8' })).toBe('1 2 4 8 8');
  });

  it('counts signs, points and pairs of bytes, but not S, V and P', () => {
    expect(
      places(`01 R. 05 A PIC S9(5)V99. 05 B PIC S9(3) SIGN LEADING SEPARATE. 05 C PIC 9(3)V99 COMP-3. 05 D PIC 9(4) COMP-3.
        05 E PIC 9(3) COMP-6. 05 F PIC N(3). 05 G PIC G(2). 05 H PIC U(2). 05 I PIC $$$,$$9.99CR. 05 J PIC PPP99. 05 K PIC X(3) COMP-X.`),
    ).toEqual(
      [
        'R@0+61',
        'A@0+7',
        'B@7+4',
        'C@11+3',
        'D@14+3',
        'E@17+2',
        'F@19+6',
        'G@25+4',
        'H@29+8',
        'I@37+12',
        'J@49+2',
        'K@51+3',
      ].map((place) => place.replace('R@0+61', 'R@0+54')),
    );
  });

  it('packs bit items at the next bit and everything else at the next byte', () => {
    const [record] = layoutOf(
      parseCopybook(
        '01 R. 05 A PIC 1(3) USAGE BIT. 05 B PIC 1(6) USAGE BIT. 05 C PIC X. 05 D PIC 1 BIT OCCURS 9. 05 E PIC X.',
        { sourceFormat: 'free' },
      ),
    ).records;
    expect(record?.items.map((item) => [item.offset, item.bit, item.bitLength])).toEqual([
      [0, 0, 48],
      [0, 0, 3],
      [0, 3, 6],
      [2, 0, 8],
      [3, 0, 1],
      [5, 0, 8],
    ]);
  });
});

describe('slack bytes', () => {
  it('stand within a group before the item that needs them', () => {
    expect(
      places('01 FIELD-A. 05 FIELD-B PIC X(5). 05 FIELD-C. 10 FIELD-D PIC XX. 10 FIELD-E PIC S9(6) COMP SYNC.'),
    ).toEqual(['FIELD-A@0+12', 'FIELD-B@0+5', 'FIELD-C@5+7', 'FIELD-D@5+2', 'FIELD-E@8+4']);
  });

  it('stand before the group whose first item needs them', () => {
    expect(
      places('01 FIELD-L. 05 FIELD-M PIC X(5). 05 FIELD-N PIC XX. 05 FIELD-O. 10 FIELD-P PIC S9(6) COMP SYNC.'),
    ).toEqual(['FIELD-L@0+12', 'FIELD-M@0+5', 'FIELD-N@5+2', 'FIELD-O@8+4', 'FIELD-P@8+4']);
  });

  it('fill each occurrence so that the next is aligned like the first', () => {
    const text = `01 WORK-RECORD. 05 WORK-CODE PIC X. 05 COMP-TABLE OCCURS 10 TIMES. 10 COMP-TYPE PIC X.
      10 COMP-PAY PIC S9(4)V99 COMP SYNC. 10 COMP-HRS PIC S9(3) COMP SYNC. 10 COMP-NAME PIC X(5).`;
    expect(places(text)).toEqual([
      'WORK-RECORD@0+161',
      'WORK-CODE@0+1',
      'COMP-TABLE@1+16',
      'COMP-TYPE@1+1',
      'COMP-PAY@4+4',
      'COMP-HRS@8+2',
      'COMP-NAME@10+5',
    ]);
  });

  it('stand inside the group under natural alignment, and nowhere without any', () => {
    const text = '01 R. 05 A PIC X. 05 G1. 10 G2. 15 B PIC S9(9) COMP SYNC. 10 C PIC X.';
    expect(places(text, { sync: 'natural' })).toEqual(['R@0+9', 'A@0+1', 'G1@1+8', 'G2@1+7', 'B@4+4', 'C@8+1']);
    expect(places(text, { sync: 'none' })).toEqual(['R@0+6', 'A@0+1', 'G1@1+5', 'G2@1+4', 'B@1+4', 'C@5+1']);
  });
});

describe('redefinitions', () => {
  it('start where their target starts, and the longest decides what follows', () => {
    expect(
      places('01 R. 05 A PIC X(4). 05 B REDEFINES A PIC X(9). 05 C REDEFINES B. 10 D PIC 9(2). 05 E PIC X.'),
    ).toEqual(['R@0+10', 'A@0+4', 'B@0+9', 'C@0+2', 'D@0+2', 'E@9+1']);
  });

  it('list the views of an area on its first item', () => {
    const [record] = layoutOf(
      parseCopybook('01 R. 05 A PIC X(4). 05 B REDEFINES A PIC 9(4). 05 C REDEFINES A PIC X.', {
        sourceFormat: 'free',
      }),
    ).records;
    expect(record?.items[1]?.views.map((view) => view.name)).toEqual(['A', 'B', 'C']);
    expect(record?.items[1]?.areaLength).toBe(4);
    expect(record?.items[2]?.views).toEqual([]);
  });

  it('of bits inside a byte are bits themselves', () => {
    const bits = '01 R. 05 A PIC 1(9) BIT OCCURS 2. 05 B PIC 1(3) BIT.';
    expect(codeOf(`${bits} 05 C REDEFINES B COMP-1.`)).toBe('CONFLICTING_CLAUSES');
    expect(codeOf(`${bits} 05 C REDEFINES B PIC 1(2) BIT.`)).toBe('none');
  });

  it('must name the item before them', () => {
    expect(codeOf('01 R. 05 A PIC X. 05 B REDEFINES Z PIC X.')).toBe('REDEFINES_UNKNOWN');
    expect(codeOf('01 R. 05 A PIC X. 05 B PIC X. 05 C REDEFINES A PIC X.')).toBe('REDEFINES_BETWEEN');
    expect(codeOf('01 R. 05 A PIC X. 06 B REDEFINES A PIC X.')).toBe('UNEXPECTED_PICTURE');
  });
});

describe('tables', () => {
  it('link a counter, and give lengths for the smallest and largest count', () => {
    const text = '01 R. 05 N PIC 99. 05 T OCCURS 1 TO 5 DEPENDING ON N. 10 U PIC X(3) OCCURS 2. 05 Z PIC X.';
    const [record] = layoutOf(parseCopybook(text, { sourceFormat: 'free' })).records;
    expect([record?.minimumLength, record?.maximumLength]).toEqual([9, 33]);
    expect(record?.items[2]?.occurs).toMatchObject({ minimum: 1, maximum: 5, stride: 6, counterName: 'N' });
    expect(record?.items[2]?.occurs?.counter).toBe(record?.items[1]);
    const [fixed] = layoutOf(parseCopybook(text, { sourceFormat: 'free' }), { odo: 'maximum' }).records;
    expect([fixed?.minimumLength, fixed?.maximumLength]).toEqual([33, 33]);
  });

  it('want their counter in the record and before them, unless they always take all their slots', () => {
    const behind = '01 R. 05 T PIC X OCCURS 1 TO 5 DEPENDING ON N. 05 N PIC 99.';
    const elsewhere = '01 R. 05 T PIC X OCCURS 1 TO 5 DEPENDING ON N.';
    expect(codeOf(behind)).toBe('COUNTER_BEHIND');
    expect(codeOf(elsewhere)).toBe('COUNTER_UNKNOWN');
    expect(codeOf(behind, { odo: 'maximum' })).toBe('none');
    expect(codeOf(elsewhere, { odo: 'maximum' })).toBe('none');
  });

  it('do not keep the other records of a program from being read', () => {
    expect(codeOf('01 R. 05 T PIC X OCCURS 1 TO 5 DEPENDING ON EIBCALEN. 01 S. 05 A PIC X.')).toBe('none');
  });

  it('refuse a record larger than 256 MiB however the tables nest', () => {
    expect(codeOf('01 R. 05 A OCCURS 268435456. 10 B OCCURS 268435456. 15 C PIC X(268435456).')).toBe(
      'RECORD_TOO_LARGE',
    );
  });
});

describe('records', () => {
  it('are one per 01 and 77, and one for a fragment, named after its file', () => {
    const layout = layoutOf(
      parseCopybook('05 A PIC X. 10 B PIC 9. 01 C. 05 D PIC X. 77 E PIC 9.'.replace('PIC X. 10', '. 10'), {
        file: 'dir/orders.cpy',
        sourceFormat: 'free',
      }),
    );
    expect(layout.records.map((record) => [record.name, record.root.level, record.maximumLength])).toEqual([
      ['ORDERS', 0, 1],
      ['C', 1, 1],
      ['E', 77, 1],
    ]);
  });

  it('rename a range of bytes', () => {
    const [record] = layoutOf(
      parseCopybook('01 R. 05 A PIC X. 05 B PIC X(2) OCCURS 3. 05 C PIC X(4). 66 M RENAMES A THRU B. 66 O RENAMES C.', {
        sourceFormat: 'free',
      }),
    ).records;
    expect(record?.renames.map(({ name, offset, length }) => [name, offset, length])).toEqual([
      ['M', 0, 7],
      ['O', 7, 4],
    ]);
  });
});
