import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/copybook/read-source.ts';
import { mistakeIn, shown } from './source-cases.ts';

describe('tokens', () => {
  it('are level numbers, names, pictures, literals and periods', () => {
    expect(shown("01 REC. 05 A PIC X(10) VALUE 'it''s'.")).toBe("#01 REC . #05 A PIC {X(10)} VALUE 'it's' .");
  });

  it('end with an end token behind the last word', () => {
    const { tokens } = readSource('01 A PIC X.\n\n');
    expect(tokens.at(-1)).toMatchObject({ kind: 'end', position: { line: 1, column: 12 } });
  });

  it('keep the case of names and know PIC in any case', () => {
    expect(shown('01 Rec.\n   05 fieldName pic x(3).')).toBe('#01 Rec . #05 fieldName pic {x(3)} .');
  });

  it.each([
    ['PIC X(10).', '{X(10)} .'],
    ['PIC 9(3).99.', '{9(3).99} .'],
    ['PIC S9(3).99 COMP-3.', '{S9(3).99} COMP-3 .'],
    ['PIC X(10);', '{X(10)}'],
    ['PIC 9(5), COMP', '{9(5)} COMP'],
    ['PICTURE IS ZZ,ZZ9.99-.', 'IS {ZZ,ZZ9.99-} .'],
    ['PIC\n     $$,$$9.99CR.', '{$$,$$9.99CR} .'],
    ['PIC is is', 'is is'],
    ['PIC X( 10 ).', '{X(} #10 ) .'],
    ['PIC X..', '{X} .'],
    ['PIC £££9.', '{£££9} .'],
  ])('take the picture of %j as one', (text, expected) => {
    expect(shown(`01 A ${text}`).replace(/^#01 A PIC(TURE)? /, '')).toBe(expected);
  });

  it('are signed and decimal numbers with a point', () => {
    expect(shown('01 A VALUE -1.5 +3 .5 1.5E+3.')).toBe('#01 A VALUE #-1.5 #+3 #.5 #1.5E+3 .');
  });

  it('have a decimal comma when asked, and write it as a point', () => {
    expect(shown('01 A VALUES 1,5, -2,5 3.', { decimalComma: true })).toBe('#01 A VALUES #1.5 #-2.5 #3 .');
    expect(shown('01 A VALUES 1,5.')).toBe('#01 A VALUES #1 #5 .');
  });

  it('may be names that begin with a digit', () => {
    expect(shown('05 2ND-LINE PIC X. 05 1-A PIC X.')).toBe('#05 2ND-LINE PIC {X} . #05 1-A PIC {X} .');
  });

  it('take separators that stand without a blank as separators', () => {
    expect(shown("88 A VALUES 'A','B';'C'.")).toBe("#88 A VALUES 'A' 'B' 'C' .");
    expect(shown('01 A.05 B PIC X.')).toBe('#01 A . #05 B PIC {X} .');
    expect(shown("01 A PIC X VALUE'Q'.")).toBe("#01 A PIC {X} VALUE 'Q' .");
  });

  it('pass over a period that ends nothing', () => {
    expect(shown('01 A PIC X. . 05 B.')).toBe('#01 A PIC {X} . #05 B .');
  });

  it.each([
    ["X'c1C2'", 'hex', 'c1C2'],
    ["N'ab'", 'national', 'ab'],
    ["NX'00410042'", 'national-hex', '00410042'],
    ['G"xy"', 'dbcs', 'xy'],
    ["U'é'", 'utf8', 'é'],
    ["UX'C3A9'", 'utf8', 'é'],
    ["B'0101'", 'boolean', '0101'],
    ["BX'0F'", 'boolean-hex', '0F'],
    ["Z'abc'", 'null-terminated', 'abc'],
    ['"say ""hi"""', 'alphanumeric', 'say "hi"'],
    ["''", 'alphanumeric', ''],
  ])('are literals of every form: %s', (text, form, content) => {
    const token = readSource(`01 A VALUE ${text}.`).tokens[3];
    expect(token).toMatchObject({ kind: 'literal', form, text: content });
  });

  it("are numbers for H'…'", () => {
    expect(shown("01 A VALUE H'FF'.")).toBe('#01 A VALUE #255 .');
  });

  it.each(["X'C'", "X'GG'", "NX'00'", "B'2'", "X''"])('are no malformed literals such as %s', (text) => {
    expect(mistakeIn(`01 A VALUE ${text}.`)).toMatchObject({ code: 'BAD_LITERAL', position: { line: 1, column: 12 } });
  });

  it('point to a literal that is not closed', () => {
    expect(mistakeIn("01 A PIC X VALUE 'abc.\n01 B.")).toMatchObject({
      code: 'UNTERMINATED_LITERAL',
      position: { line: 1, column: 18, lineText: "01 A PIC X VALUE 'abc." },
    });
  });
});

describe('characters from elsewhere', () => {
  it.each([
    ['‘A’', /write '/],
    ['“A”', /write "/],
    ['A–B', /hyphen/],
    ['• A', /bullet/],
    ['A\u200b', /invisible/],
    ['A\u0000', /control character/],
    ['A?', /letters, digits/],
  ])('get a hint: %j', (text, hint) => {
    expect(mistakeIn(`01 A VALUE ${text}`)).toMatchObject({ code: 'BAD_CHARACTER', hint: expect.stringMatching(hint) });
  });

  it('are read as blanks when they are no-break spaces, with one warning', () => {
    const { tokens, warnings } = readSource('01\u00a0A\u00a0PIC\u00a0X.');
    expect(tokens.map(({ text }) => text)).toEqual(['01', 'A', 'PIC', 'X', '.', '']);
    expect(warnings).toMatchObject([{ code: 'BAD_CHARACTER', severity: 'warning', position: { line: 1, column: 3 } }]);
  });

  it('may stand in names when they are letters', () => {
    expect(shown('05 STRAßE-É PIC X. 05 #NO@ PIC X.')).toBe('#05 STRAßE-É PIC {X} . #05 #NO@ PIC {X} .');
  });
});

describe('EXEC blocks', () => {
  it('are skipped with their period', () => {
    expect(shown('01 A PIC X. EXEC SQL BEGIN DECLARE SECTION END-EXEC. 01 B PIC X.')).toBe(
      '#01 A PIC {X} . #01 B PIC {X} .',
    );
  });

  it('need an END-EXEC', () => {
    expect(mistakeIn('01 A PIC X.\nEXEC SQL SELECT 1')).toMatchObject({
      code: 'UNTERMINATED_EXEC',
      position: { line: 2, column: 1 },
    });
  });

  it('are not names', () => {
    expect(shown('01 EXEC PIC X.')).toBe('#01 EXEC PIC {X} .');
  });
});
