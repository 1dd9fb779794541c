import { describe, expect, it } from 'vitest';
import { CopybookError } from '../../src/copybook/copybook-error.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';
import type { ParseOptions } from '../../src/copybook/parse-options.ts';

/** Every item as `NAME@offset+length`. */
function places(text: string, options: ParseOptions = {}): string {
  const { records } = layoutOf(parseCopybook(text, options));
  return records
    .flatMap(({ items }) => items.map((item) => `${item.name ?? 'FILLER'}@${item.offset}+${item.length}`))
    .join(' ');
}

function report(text: string): string {
  try {
    layoutOf(parseCopybook(text));
  } catch (error) {
    if (error instanceof CopybookError) return error.message;
    throw error;
  }
  return 'no mistake';
}

describe('an entry with a blank too few is read as it is meant', () => {
  it.each([
    ['01 A. 05 B PIC S9(4)COMP.', 'A@0+2 B@0+2'],
    ['01 A. 05 B PIC S9(5)V99COMP-3.', 'A@0+4 B@0+4'],
    ["01 A. 05 B PIC X(4)VALUE 'AB'.", 'A@0+4 B@0+4'],
    ['01 A. 05 B PIC X(4)OCCURS 3.', 'A@0+12 B@0+4'],
    ['01 A.05 B PIC X(10).05 C PIC 9(3)V9(2).66 D RENAMES B.', 'A@0+15 B@0+10 C@10+5'],
    ["01 A. 05 B PIC X VALUE 'A'.05 C PIC 9.", 'A@0+2 B@0+1 C@1+1'],
    ['01 A. 05 B PIC X..', 'A@0+1 B@0+1'],
    ['01 A. 05 B PIC X,. 05 C PIC X.', 'A@0+2 B@0+1 C@1+1'],
  ])('%s', (text, expected) => {
    expect(places(text)).toBe(expected);
  });

  it('but an edited picture keeps its decimals', () => {
    expect(places('01 A. 05 B PIC 9(3).09. 05 C PIC 9.99.')).toBe('A@0+10 B@0+6 C@6+4');
  });
});

describe('words that were taken for something else', () => {
  it('IS GLOBAL, BASED and VOLATILE end, so that they stand once', () => {
    expect(places('01 A IS GLOBAL. 05 B PIC X. 01 C BASED VOLATILE PIC X.')).toBe('A@0+1 B@0+1 C@0+1');
  });

  it('1E5 is a name, 1.5E3 a number', () => {
    expect(places('01 A. 05 1E5 COMP-2 VALUE 1.5E3.')).toBe('A@0+8 1E5@0+8');
  });

  it('a list of values may go on in the next line', () => {
    expect(places('01 A. 05 B PIC 9 OCCURS 3 VALUES 1 2\n 3. 05 C PIC X.')).toBe('A@0+4 B@0+1 C@3+1');
  });

  it('the communication area of DB2 may be missing', () => {
    const text = '01 A PIC X.\nEXEC SQL INCLUDE SQLCA END-EXEC.\n01 B PIC X.';
    expect(places(text)).toBe('A@0+1 B@0+1');
    expect(parseCopybook(text).warnings.map(({ code }) => code)).toEqual(['COPY_NOT_FOUND']);
  });
});

describe('a mistake that was read as something else', () => {
  it.each([
    ['01 A PIC 9. 88 B VALUE 1 TO 5.', '1:26: CLAUSE_SYNTAX', 'THRU'],
    ['01 A PIC 9. 88 B VALUE 1 THRU 5\n01 C PIC X.', '1:32: MISSING_PERIOD', 'period'],
    ['01 A PIC 9. 88 B VALUE Y.', '1:24: BAD_VALUE', 'quotation marks'],
    ['01 A. 05 B PIC 9 VALUE 1 05 C PIC X.', '1:25: MISSING_PERIOD', 'period'],
    ['FD F RECORDING MODE IS F\n01 A PIC X.\n01 B PIC X.', '1:25: MISSING_PERIOD', 'before its first record'],
    ['01 A PIC X 10.', '1:12: UNKNOWN_CLAUSE', 'X(10)'],
    ['01 A PIC X10.', '1:10: BAD_PICTURE', 'X(10)'],
    ['01 A. 05 B PIC X OCURS 3.', '1:18: UNKNOWN_CLAUSE', 'OCCURS'],
    ['01 A. 05 B PIC S9(5) COMP3.', '1:22: UNKNOWN_CLAUSE', 'COMP-3'],
    ['01 A. 05 B X(10).', '1:12: UNKNOWN_CLAUSE', 'PIC missing'],
    ['01 A. 05 B PIC X OCCURS 3 INDEX BY I.', '1:27: CLAUSE_SYNTAX', 'INDEXED BY'],
    ['01 A.\nO5 B PIC X.', '2:1: MISSING_LEVEL', 'letter'],
    ['01 :TAG:-A PIC X.', '1:4: BAD_NAME', 'REPLACING'],
    ['       MOVE A TO B.', '1:8: MISSING_LEVEL', 'copybook?'],
  ])('%s', (text, place, advice) => {
    const message = report(text);
    expect(message).toContain(place);
    expect(message).toContain(advice);
  });
});

describe('hostile text ends soon', () => {
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');

  it('ALL behind ALL without end', () => {
    expect(report(`01 A PIC X VALUE ${'ALL '.repeat(100_000)}.`)).toContain('BAD_VALUE');
  });

  it('a number of more digits than memory', () => {
    for (const usage of ['COMP-X', 'COMP-5', 'COMP-3', 'DISPLAY']) {
      expect(report(`01 A PIC 9(268435456) ${usage}.`)).toContain('PICTURE_TOO_LARGE');
    }
    expect(report('01 A PIC 9P(268435455).')).toContain('PICTURE_TOO_LARGE');
  });

  it('a message is not as long as the file', () => {
    expect(report(`01 A PIC X(${'1'.repeat(1_000_000)}).`).length).toBeLessThan(2000);
    expect(report(`01 A. 05 B PIC X. 66 C RENAMES ${'B OF '.repeat(100_000)}A.`).length).toBeLessThan(2000);
  });

  it.each([
    ['redefinitions of one item', `01 A.\n05 B PIC X.\n${many(30_000, (at) => `05 R${at} REDEFINES B PIC X.`)}`],
    [
      'redefinitions in a chain',
      `01 A.\n05 R0 PIC X.\n${many(30_000, (at) => `05 R${at + 1} REDEFINES R${at} PIC X.`)}`,
    ],
    ['redefined records', `01 B PIC X.\n${many(30_000, (at) => `01 R${at} REDEFINES B PIC X.`)}`],
    ['counted tables', `01 A.\n05 N PIC 9.\n${many(20_000, (at) => `05 T${at} OCCURS 1 TO 2 DEPENDING ON N PIC X.`)}`],
    [
      'counters of one name',
      `01 A.\n${many(8000, (at) => `05 G${at}. 10 N PIC 9. 10 T OCCURS 1 TO 2 DEPENDING ON N OF G${at} PIC X.`)}`,
    ],
  ])('thousands of %s', (_, text) => {
    expect(places(text).length).toBeGreaterThan(0);
  });
});
