import { expect, it } from 'vitest';
import { dfsortField } from '../../src/cli/dfsort-field.ts';
import type { DialectName } from '../../src/copybook/dialect.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';

it.each<[string, string | null, DialectName?]>([
  ['PIC X(4)', '(2,4,CH)'],
  ['PIC 9(4)', '(2,4,ZD)'],
  ['PIC S9(4)', '(2,4,ZD)'],
  ['PIC S9(4) SIGN LEADING', '(2,4,CLO)'],
  ['PIC S9(4) SIGN LEADING SEPARATE', '(2,5,CSL)'],
  ['PIC S9(4) SIGN TRAILING SEPARATE', '(2,5,CST)'],
  ['PIC 9(4) COMP', '(2,2,BI)'],
  ['PIC S9(4) COMP', '(2,2,FI)'],
  ['PIC S9(7) COMP-3', '(2,4,PD)'],
  ['PIC 9(4) COMP-6', '(2,2,BI)'],
  ['COMP-1', '(2,4,FL)'],
  ['COMP-2', null, 'gnucobol'],
  ['PIC S9(4) COMP-5', null, 'gnucobol'],
  ['PIC ZZ9.99', '(2,6,UFF)'],
  ['PIC ZZ9.99-', '(2,7,SFF)'],
])('%s is %s', (clauses, expected, dialect = 'ibm') => {
  const text = `       01 R.\n           05 A PIC X.\n           05 B ${clauses}.\n`;
  const layout = layoutOf(parseCopybook(text), { dialect });
  const item = layout.records[0]?.items[2];
  if (item === undefined) throw new Error('no item');
  expect(dfsortField(item, layout.dialect, 0)).toBe(expected);
});
