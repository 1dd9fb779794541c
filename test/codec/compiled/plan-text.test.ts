import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../../src/codec/codec-options.ts';
import { compilePlan } from '../../../src/codec/compiled/compile-plan.ts';
import { planText } from '../../../src/codec/compiled/plan-text.ts';
import type { DialectOptions } from '../../../src/copybook/index.ts';
import { codecOf } from '../codec-of.ts';

function planOf(copybook: string, options: CodecOptions = {}, dialect: DialectOptions = {}): string {
  const plan = compilePlan(codecOf(copybook, options, dialect));
  return 'refused' in plan ? plan.refused : planText(plan);
}

describe('a printed plan', () => {
  it('says where every item is and how it is read', () => {
    const copybook = `01 R. 05 A PIC X(3). 05 N PIC 9. 05 P PIC S9(5)V99 COMP-3. 05 Z PIC S9(3) SIGN LEADING. 05 B PIC 9(12) COMP.
      05 T OCCURS 0 TO 3 DEPENDING ON N. 10 C PIC X(80). 10 D COMP-1. 05 BITS PIC 1(3) BIT. 05 LAST-ONE PIC X(2) JUSTIFIED.`;
    expect(planOf(copybook, { select: ['A', 'T'] })).toBe(`record R: up to 274 bytes
  R
    0 R.A: text 3, IBM037, trim right
    3 R.N: zoned 1 digits, scale 0, unsigned, kept in slot 0, not output
    4 R.P: packed 7 digits, scale 2, signed, not output
    8 R.Z: zoned 3 digits, scale 0, overpunch sign at 0, not output
    11 R.B: binary 8 bytes big-endian, unsigned, scale 0, at most 12 digits, not output
    19 R.T: 0 to 3, by slot 0 entries at base 1, 84 bytes each, then base 2
      R.T
        b1+0 R.T.C: text 80, IBM037, trim right
        b1+80 R.T.D: reference decoder (float)
    b2+0 R.BITS: bits 3, not output
    b2+1 R.LAST-ONE: text 2, IBM037, trim left, not output
`);
  });

  it('says how records and views are chosen', () => {
    const copybook = '01 A. 05 K PIC X. 05 V PIC 9(2). 05 W REDEFINES V PIC X(2). 01 B. 05 L PIC X. 05 M PIC X(2).';
    const options: CodecOptions = { recordWhen: ['K:a=A', 'L:b=B'], view: ['K:a=V', 'K:x=W'], format: 'text' };
    expect(planOf(copybook, options)).toBe(`records are chosen by bytes 0+1
short records are filled up with blanks
record A: 3 bytes
  A
    0 A.K: text 1, IBM037, trim right, kept in slot 0
    1 A.V: one view, by slot 0
      1 A.V: zoned 2 digits, scale 0, unsigned
      1 A.W: text 2, IBM037, trim right
record B: 3 bytes
  B
    0 B.L: text 1, IBM037, trim right
    1 B.M: text 2, IBM037, trim right
`);
    expect(planOf('01 R. 05 A PIC 9(2). 05 B REDEFINES A PIC X(2).')).toContain('0 R.A: the views that can be read\n');
  });

  it('says where bits are, and what is read ahead', () => {
    const copybook = `01 R. 05 N PIC 1(3) BIT. 05 T PIC 1(5) BIT OCCURS 0 TO 3 DEPENDING ON N. 05 B PIC 1(4) BIT. 05 C PIC X.`;
    expect(planOf(copybook, { odo: 'shifted', field: 'B=scale:1' }, { odo: 'shifted' })).toBe(`record R: up to 4 bytes
  R
    0 R.N: bits 3, kept in slot 0
    0 bit 3 R.T: 0 to 3, by slot 0 entries at base 1, 5 bits each, then base 2
      b1+0 R.T: bits 5
    b2+0 R.B: bits 4, scale 1
    b2+0 bit 4 up to the next byte, then base 3
    b3+0 R.C: text 1, IBM037, trim right
`);
    const behind = '01 R. 05 T OCCURS 0 TO 3 DEPENDING ON N PIC X. 05 N PIC 9.';
    expect(planOf(behind, {}, { odo: 'maximum' })).toContain('slot 0, read ahead\n    0 R.T: 0 to 3');
  });

  it('says why there is none', () => {
    const copybook = `01 R. 05 T OCCURS 2. 10 U PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 W OCCURS 2. 10 N PIC 9.`;
    expect(planOf(copybook, {}, { odo: 'maximum' })).toBe(
      'where R.W.N is, which decides something before it, depends on the data',
    );
  });
});
