import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldStatistics } from '../../src/cli/field-statistics.ts';
import { IssueStatistics } from '../../src/cli/issue-statistics.ts';
import { unusedFields } from '../../src/cli/verify-findings.ts';
import { codecOf, ebcdic } from '../codec/codec-of.ts';

describe('field statistics', () => {
  it('hold the lowest, highest and longest of all values, with the first record they stood in', () => {
    const codec = codecOf('01 R. 05 A PIC X(4). 05 T OCCURS 2. 10 N PIC S9(17)V99 SIGN LEADING SEPARATE.');
    const [record] = codec.records;
    if (record === undefined) throw new Error('no record');
    const number = fc.bigInt({ min: -(10n ** 19n - 1n), max: 10n ** 19n - 1n });
    const row = fc.tuple(fc.stringMatching(/^[A-Z]{0,4}$/), number, number);
    const digits = (n: bigint): string => `${n < 0n ? '-' : '+'}${(n < 0n ? -n : n).toString().padStart(19, '0')}`;
    const hundredths = (text: string | undefined): bigint => BigInt((text ?? '').replace('.', ''));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const statistics = new FieldStatistics(codec.records, false);
        for (const [index, [text, one, other]] of rows.entries()) {
          const bytes = ebcdic(text.padEnd(4) + digits(one) + digits(other));
          statistics.add(record, codec.read(bytes).root, { file: 'x', record: index + 1, offset: 0 });
        }
        const [a, n] = statistics.of(record);
        const all = rows.flatMap(([, one, other]) => [one, other]);
        const sorted = [...all].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
        expect(n).toMatchObject({ count: all.length, nulls: 0 });
        expect(hundredths(n?.lowest?.text)).toBe(sorted[0]);
        expect(hundredths(n?.highest?.text)).toBe(sorted.at(-1));
        expect(n?.lowest?.place.record).toBe(Math.floor(all.indexOf(sorted[0] ?? 0n) / 2) + 1);
        expect(a?.longest?.length ?? 0).toBe(Math.max(...rows.map(([text]) => text.length)));
        expect(a?.blanks).toBe(rows.filter(([text]) => text === '').length);
      }),
    );
  });

  it('name what is never used, a whole group once', () => {
    const codec = codecOf(
      `01 R. 05 K PIC X. 05 Z PIC 9. 05 B PIC X(2). 05 E PIC 9(2). 05 A PIC X(3).
      05 G REDEFINES A. 10 H PIC X. 10 I PIC X(2).`,
      { view: ['A=A'] },
    );
    const [record] = codec.records;
    if (record === undefined) throw new Error('no record');
    const statistics = new FieldStatistics(codec.records, false);
    for (const text of ['10    ABC', '20    DEF']) {
      statistics.add(record, codec.read(ebcdic(text)).root, { file: 'x', record: 1, offset: 0 });
    }
    const unused = unusedFields(record, statistics.of(record));
    expect(unused.map(({ item, why }) => [item.name, why])).toEqual([
      ['Z', 'always zero'],
      ['B', 'always blank'],
      ['E', 'always blank'],
      ['G', 'never present'],
    ]);
  });
});

describe('issue statistics', () => {
  it('count by code and field whatever the table entry, and keep the first examples', () => {
    const codec = codecOf('01 R. 05 T OCCURS 9. 10 N PIC 9.');
    const statistics = new IssueStatistics();
    statistics.add({ file: 'x', record: 1, offset: 0 }, codec.read(ebcdic('1A?B?????')).issues);
    const [error, ...notes] = statistics.sorted();
    expect(error).toMatchObject({ code: 'ZONED_DIGIT', severity: 'error', field: 'T.N', count: 6 });
    expect(error?.examples.map(({ issue }) => issue.path)).toEqual(['T(3).N', 'T(5).N', 'T(6).N']);
    expect(notes).toMatchObject([{ severity: 'note', field: 'T.N', count: 2 }]);
  });
});
