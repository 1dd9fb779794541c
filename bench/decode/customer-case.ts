import type { DecodeCase } from './decode-case.ts';
import type { Random } from './random.ts';
import { calendarDay, cityName, digits, mailAccount, personName, streetAddress, telephone } from './word-lists.ts';

const texts: Readonly<Record<string, (random: Random) => string>> = {
  RECTYPE: (random) => random.pick(['CUST', 'CUST', 'CUST', 'PROS']),
  'CUST-ID': (random) => digits(random, 8),
  'CUST-NAME': personName,
  STREET: streetAddress,
  CITY: cityName,
  STATE: (random) => random.pick(['NY', 'CA', 'TX', '', 'IL', '  ']),
  COUNTRY: (random) => random.pick(['FRA', 'USA', 'DEU', 'GBR', 'ESP']),
  PHONE: telephone,
  'EMAIL-REF': mailAccount,
  STATUS: (random) => random.pick(['A', 'A', 'A', 'C', 'S']),
  BRANCH: (random) => `BR${random.whole(1, 9999)}`,
  SEGMENT: (random) => random.pick(['RETAIL', 'GOLD', 'PRIVATE', 'CORP', 'SME', 'STUDENT']),
};

/** Customers: 200 bytes, mostly text. */
export const customers: DecodeCase = {
  title: '200 bytes: 12 texts, 8 zoned numbers',
  copybook: `
       01  REC-A.
           05  RECTYPE        PIC X(4).
           05  CUST-ID        PIC X(8).
           05  CUST-NAME      PIC X(30).
           05  STREET         PIC X(35).
           05  CITY           PIC X(20).
           05  STATE          PIC X(2).
           05  COUNTRY        PIC X(3).
           05  PHONE          PIC X(12).
           05  EMAIL-REF      PIC X(16).
           05  STATUS         PIC X(1).
           05  BRANCH         PIC X(10).
           05  SEGMENT        PIC X(8).
           05  AGE-DAYS       PIC S9(5).
           05  BALANCE        PIC S9(7)V99.
           05  OPEN-DATE      PIC 9(8).
           05  SCORE          PIC S9(4).
           05  BRANCH-NO      PIC 9(6).
           05  CR-LIMIT       PIC S9(9)V99.
           05  RATE           PIC S9(1)V99.
           05  TXN-COUNT      PIC S9(5).
`,
  contents: {
    text: ({ name }, random) => texts[name ?? '']?.(random) ?? '',
    number: ({ name }, random) => (name === 'OPEN-DATE' ? calendarDay(random) : null),
  },
  refreshed: 'CUST-ID',
  floor: 1.4,
  goal: 2,
};
