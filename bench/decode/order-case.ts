import type { DecodeCase } from './decode-case.ts';
import { digits, isoDay, merchantName, personName } from './word-lists.ts';

const mostLines = 12;

/** Orders with as many lines as a counter says, and items behind the table that move with it. */
export const orders: DecodeCase = {
  title: 'OCCURS DEPENDING ON: 0 to 12 lines, and fields behind them',
  copybook: `
       01  ORDER-RECORD.
           05  ORDER-NO       PIC 9(8).
           05  ORDERED        PIC X(10).
           05  CUSTOMER       PIC X(30).
           05  LINES-COUNT    PIC 9(2).
           05  LINE OCCURS 0 TO ${mostLines} TIMES DEPENDING ON LINES-COUNT.
               10  ARTICLE    PIC X(8).
               10  QUANTITY   PIC S9(5) COMP-3.
               10  PRICE      PIC S9(7)V99 COMP-3.
           05  TOTAL          PIC S9(9)V99 COMP-3.
           05  CARRIER        PIC X(12).
           05  WEIGHT         PIC S9(7) COMP.
`,
  framing: 'rdw',
  contents: {
    text({ name }, random) {
      if (name === 'ORDERED') return isoDay(random);
      if (name === 'CUSTOMER') return personName(random);
      return name === 'ARTICLE' ? `A${digits(random, 6)}` : merchantName(random);
    },
    number: ({ name }, random) => (name === 'LINES-COUNT' ? random.whole(0, mostLines) : null),
  },
  floor: 0.9,
  goal: 1.3,
};
