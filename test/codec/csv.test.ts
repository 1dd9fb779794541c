import { describe, expect, it } from 'vitest';
import type { Codec } from '../../src/codec/create-codec.ts';
import { type CsvOptions, type CsvTable, csvHeader, csvTable } from '../../src/codec/csv.ts';
import { codecOf, ebcdic } from './codec-of.ts';

function tableOf(codec: Codec, options: CsvOptions = {}): CsvTable {
  return csvTable(
    codec.records.flatMap((record) => codec.shapeOf(record) ?? []),
    options,
  );
}

describe('CSV', () => {
  const nested =
    '01 R. 05 N PIC 9. 05 A OCCURS 0 TO 2 DEPENDING ON N. 10 B PIC X OCCURS 2. 10 C PIC 9V9. 05 D PIC X(3).';

  it('has a column for every value at maximum OCCURS', () => {
    const codec = codecOf(nested);
    const table = tableOf(codec);
    expect(csvHeader(table)).toBe('N,A(1).B(1),A(1).B(2),A(1).C,A(2).B(1),A(2).B(2),A(2).C,D');
    expect(table.row(codec.read(ebcdic('1xy15d"e')))).toBe('1,x,y,1.5,,,,"d""e"');
    expect(table.row(codec.read(ebcdic('1xy  d,e')))).toBe('1,x,y,,,,,"d,e"');
  });

  it('refuses more columns than spreadsheets take, and names --split', () => {
    const codec = codecOf('01 R. 05 T OCCURS 1000000. 10 A PIC X OCCURS 100.');
    expect(() => tableOf(codec)).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining('--split') }),
    );
  });

  it('keeps spreadsheets from running text, not from reading numbers', () => {
    const codec = codecOf('01 R. 05 A PIC X(4). 05 B PIC S9. 05 C PIC S9(16).');
    const reading = codec.read(ebcdic('=A1 J000000000000000J'));
    expect(tableOf(codec).row(reading)).toBe('=A1,-1,-1');
    expect(tableOf(codec, { safe: true }).row(reading)).toBe("'=A1,-1,-1");
  });

  it('has the columns of one view only, or of all record types together', () => {
    const views = codecOf('01 R. 05 K PIC X. 05 A PIC X. 05 B REDEFINES A. 10 C PIC X.', { view: ['K:A=A', 'K:B=B'] });
    expect(csvHeader(tableOf(views))).toBe('K,A,B.C');
    expect(csvHeader(tableOf(views, { view: 'B' }))).toBe('K,B.C');
    expect(tableOf(views, { view: 'B' }).row(views.read(ebcdic('Bx')))).toBe('B,x');
    const records = codecOf('01 H. 05 K PIC X. 05 A PIC X. 01 L. 05 K PIC X. 05 B PIC X.', {
      recordWhen: ['K:H=H', 'K:L=L'],
    });
    const both = tableOf(records);
    expect(csvHeader(both)).toBe('K,A,B');
    expect([
      both.row(records.read(ebcdic('H1'))),
      both.row(records.read(ebcdic('L2'))),
      both.row(records.read(ebcdic('X3'))),
    ]).toEqual(['H,1,', 'L,,2', ',,']);
  });
});
