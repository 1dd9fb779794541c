import type { DecodeCase } from './decode-case.ts';
import type { Random } from './random.ts';
import { merchantName } from './word-lists.ts';

const texts: Readonly<Record<string, (random: Random) => string>> = {
  'TXN-TYPE': (random) => random.pick(['PURC', 'REFD', 'WDRL', 'FEE']),
  'TXN-REF': (random) => random.whole(0, 0x7fffffff).toString(16).toUpperCase().padStart(8, '0'),
  MERCHANT: merchantName,
  'CCY-CODE': (random) => random.pick(['EU', 'US', 'GB']),
  UNIT: (random) => random.pick(['KG', 'PCS', 'EA', 'L', 'BOX']),
};
const numbered = (count: number, line: (number: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index + 1)).join('');

/** Transactions: 132 bytes, mostly packed and binary numbers. */
export const transactions: DecodeCase = {
  title: '132 bytes: 4 texts, 10 packed and 4 binary numbers, a table of 5',
  copybook: `
       01  REC-B.
           05  TXN-TYPE       PIC X(4).
           05  TXN-REF        PIC X(8).
           05  MERCHANT       PIC X(12).
           05  CCY-CODE       PIC X(2).
${numbered(5, (number) => `           05  AMT-S-${number}        PIC S9(7)V99 COMP-3.\n`)}\
${numbered(5, (number) => `           05  AMT-L-${number}        PIC S9(11)V99 COMP-3.\n`)}\
${numbered(4, (number) => `           05  COUNTER-${number}      PIC S9(9) COMP.\n`)}\
           05  ITEM OCCURS 5 TIMES.
               10  QTY        PIC S9(5) COMP-3.
               10  UNIT       PIC X(3).
`,
  contents: { text: ({ name }, random) => texts[name ?? '']?.(random) ?? '' },
  refreshed: 'TXN-REF',
  floor: 2.2,
  goal: 2.8,
};
