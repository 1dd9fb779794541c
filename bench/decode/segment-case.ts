import type { DecodeCase } from './decode-case.ts';
import { cityName, digits, isoDay, personName, streetAddress } from './word-lists.ts';

/** Two types of records in one file, told apart by a field: a policy, then its claims. */
export const segments: DecodeCase = {
  title: 'two types of variable-length records behind descriptor words',
  copybook: `
       01  POLICY.
           05  SEGMENT        PIC X(2).
           05  POLICY-NO      PIC 9(10).
           05  HOLDER         PIC X(40).
           05  STREET         PIC X(35).
           05  CITY           PIC X(25).
           05  SINCE          PIC X(10).
           05  PREMIUM        PIC S9(7)V99 COMP-3.
           05  INSURED-SUM    PIC S9(11)V99 COMP-3.
           05  TARIFF         PIC 9(4) COMP.
           05  DISCOUNT       PIC S9(3)V99.
       01  CLAIM.
           05  SEGMENT        PIC X(2).
           05  CLAIM-POLICY   PIC 9(10).
           05  CLAIM-NO       PIC S9(9) COMP.
           05  REPORTED       PIC X(10).
           05  AMOUNT         PIC S9(9)V99 COMP-3.
           05  RESERVED       PIC S9(9)V99 COMP-3.
           05  CAUSE          PIC X(12).
           05  PART OCCURS 3 TIMES.
               10  PART-CODE  PIC X(4).
               10  PART-COST  PIC S9(7)V99 COMP-3.
`,
  options: { recordWhen: ['POLICY.SEGMENT:PO=POLICY', 'CLAIM.SEGMENT:CL=CLAIM'] },
  framing: 'rdw',
  contents: {
    text(item, random) {
      switch (item.name) {
        case 'SEGMENT':
          return item.path.startsWith('POLICY') ? 'PO' : 'CL';
        case 'HOLDER':
          return personName(random);
        case 'STREET':
          return streetAddress(random);
        case 'CITY':
          return cityName(random);
        case 'CAUSE':
          return random.pick(['FIRE', 'WATER', 'STORM', 'THEFT', 'GLASS', 'COLLISION']);
        case 'PART-CODE':
          return `P${digits(random, 3)}`;
        default:
          return isoDay(random);
      }
    },
  },
  record: (_, random) => (random.share() < 0.3 ? 'POLICY' : 'CLAIM'),
  floor: 0.9,
  goal: 1.3,
};
