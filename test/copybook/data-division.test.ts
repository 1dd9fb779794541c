import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/copybook/read-source.ts';
import { libraryOf, mistakeIn, shown } from './source-cases.ts';

const program = (...text: readonly string[]): string => text.map((line) => `       ${line}`).join('\n');

const whole = program(
  'IDENTIFICATION DIVISION.',
  'PROGRAM-ID. P.',
  "AUTHOR. J. O'HARA.",
  'REMARKS. A COPY OF THE DATA DIVISION BOOK {X}.',
  'ENVIRONMENT DIVISION.',
  'CONFIGURATION SECTION.',
  'SPECIAL-NAMES.',
  "    CURRENCY SIGN IS 'EUR' WITH PICTURE SYMBOL 'E'",
  '    DECIMAL-POINT IS COMMA.',
  'INPUT-OUTPUT SECTION.',
  'FILE-CONTROL. COPY SELECTS.',
  '    SELECT F ASSIGN TO "F".',
  'DATA DIVISION.',
  'FILE SECTION.',
  'FD  F RECORDING MODE F',
  '    RECORD CONTAINS 80 CHARACTERS.',
  '01  F-REC PIC X(80).',
  'WORKING-STORAGE SECTION.',
  '77  N PIC 9V9 VALUE 1,5.',
  'REPORT SECTION.',
  'RD  R.',
  '01  TYPE DETAIL. 05 LINE 1 COLUMN 5 PIC X.',
  'LINKAGE SECTION.',
  '01  L PIC X.',
  'PROCEDURE DIVISION USING L.',
  '    COPY NOWHERE.',
  "    DISPLAY 'it.",
);

describe('a whole program', () => {
  it('is read for the entries of its DATA DIVISION', () => {
    expect(shown(whole)).toBe('#01 F-REC PIC {X(80)} . #77 N PIC {9V9} VALUE #1.5 . #01 L PIC {X} .');
  });

  it('says in SPECIAL-NAMES how numbers and currency are written', () => {
    const source = readSource(whole);
    expect(source.decimalComma).toBe(true);
    expect([...source.currency]).toEqual([['E', 'EUR']]);
  });

  it('is overruled by options', () => {
    const source = readSource(whole, { decimalComma: false, currency: '£' });
    expect(source.decimalComma).toBe(false);
    expect([...source.currency]).toEqual([['£', '£']]);
  });

  it('without a DATA DIVISION is refused', () => {
    expect(mistakeIn(program('ID DIVISION.', 'PROGRAM-ID. P.', 'PROCEDURE DIVISION.', 'STOP RUN.'))).toMatchObject({
      code: 'NO_DATA_DIVISION',
      position: { line: 1, column: 8 },
    });
  });

  it('has only its first program read', () => {
    const text = program(
      'DATA DIVISION.',
      'WORKING-STORAGE SECTION.',
      '01 A PIC X.',
      'ID DIVISION.',
      'DATA DIVISION.',
      '01 B PIC X.',
    );
    expect(shown(text)).toBe('#01 A PIC {X} .');
  });

  it('needs every member of its DATA DIVISION', () => {
    const text = program('DATA DIVISION.', 'FILE SECTION.', 'FD F COPY FDBODY.', 'COPY REC.');
    expect(mistakeIn(text, { library: libraryOf({ FDBODY: 'RECORDING MODE F.' }) })).toMatchObject({
      code: 'COPY_NOT_FOUND',
    });
    expect(shown(text, { library: libraryOf({ FDBODY: 'RECORDING F.', REC: '01 A PIC X.' }) })).toBe('#01 A PIC {X} .');
  });
});

describe('a copybook', () => {
  it('may have section headers and file entries', () => {
    expect(shown('FD F LABEL RECORDS STANDARD. 01 A PIC X.')).toBe('#01 A PIC {X} .');
    expect(shown('LINKAGE SECTION. 01 A PIC X.')).toBe('#01 A PIC {X} .');
  });

  it('has a dollar sign and a decimal point unless told', () => {
    const source = readSource('01 A PIC X.');
    expect([source.decimalComma, ...source.currency]).toEqual([false, ['$', '$']]);
  });

  it('may have names such as DATA and SECTION', () => {
    expect(shown('01 DATA. 05 SECTION PIC X. 05 FD PIC X.')).toBe('#01 DATA . #05 SECTION PIC {X} . #05 FD PIC {X} .');
  });
});
