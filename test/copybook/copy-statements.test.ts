import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/copybook/read-source.ts';
import { libraryOf, mistakeIn, shown } from './source-cases.ts';

const member = (text: string, members: Readonly<Record<string, string>>): string =>
  shown(text, { library: libraryOf(members) });

describe('COPY', () => {
  it('puts the member in place of the statement', () => {
    expect(member('01 A. COPY B. 05 Z PIC X.', { B: '05 B PIC X.\n05 C PIC X.' })).toBe(
      '#01 A . #05 B PIC {X} . #05 C PIC {X} . #05 Z PIC {X} .',
    );
  });

  it.each(["COPY 'B'.", 'COPY "b" OF LIB.', 'copy b in lib suppress.', 'COPY B SUPPRESS PRINTING.'])(
    'is understood as %s',
    (text) => {
      expect(member(`01 A. ${text}`, { B: '05 B PIC X.' })).toBe('#01 A . #05 B PIC {X} .');
    },
  );

  it('keeps the positions of the member', () => {
    const { tokens } = readSource('01 A. COPY B.', { library: libraryOf({ B: '\n  05 B PIC X.' }) });
    expect(tokens[3]?.position).toEqual({ file: 'B.cpy', line: 2, column: 3, lineText: '  05 B PIC X.' });
  });

  it('reads each member in its own format', () => {
    expect(member('01 A. COPY B. COPY C.', { B: '000100 05 B PIC X.', C: '05 C PIC X.' })).toBe(
      '#01 A . #05 B PIC {X} . #05 C PIC {X} .',
    );
  });

  it('nests', () => {
    expect(member('COPY A.', { A: '01 A. COPY B. 05 Z PIC X.', B: '05 B PIC X.' })).toBe(
      '#01 A . #05 B PIC {X} . #05 Z PIC {X} .',
    );
  });

  it('gives an entry its clauses, as the oldest compilers did', () => {
    expect(member('01 A COPY B.', { B: '01 B. 05 C PIC X.' })).toBe('#01 A . #05 C PIC {X} .');
    expect(member('01 A COPY B.', { B: '05 C PIC X.' })).toBe('#01 A . #05 C PIC {X} .');
    expect(member('01 A COPY B.', { B: 'PIC X.' })).toBe('#01 A PIC {X} .');
  });

  it('without a period is a mistake at the place of the period', () => {
    expect(mistakeIn('01 A. COPY B\n05 C PIC X.', { library: libraryOf({ B: '' }) })).toMatchObject({
      code: 'COPY_SYNTAX',
      position: { line: 1, column: 13 },
      expected: expect.stringContaining('period'),
    });
  });

  it('of a member that is not there says so', () => {
    expect(mistakeIn('01 A. COPY B.', { library: libraryOf({}) })).toMatchObject({
      code: 'COPY_NOT_FOUND',
      position: { line: 1, column: 7 },
    });
    expect(mistakeIn('COPY B.')).toMatchObject({ code: 'COPY_NOT_FOUND', hint: expect.stringContaining('-I') });
  });

  it('that never ends is refused', () => {
    const library = libraryOf({ A: 'COPY B.', B: 'COPY A.' });
    expect(mistakeIn('COPY A.', { library })).toMatchObject({
      code: 'COPY_DEPTH',
      message: expect.stringContaining('A.cpy -> B.cpy -> A.cpy'),
    });
  });

  it('nests 32 deep and no deeper', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`M${n}`, n === 39 ? '01 A PIC X.' : `COPY M${n + 1}.`]),
    );
    expect(member('COPY M8.', chain)).toBe('#01 A PIC {X} .');
    expect(mistakeIn('COPY M7.', { library: libraryOf(chain) })).toMatchObject({ code: 'COPY_DEPTH' });
  });

  it('that multiplies is stopped at 16 MiB', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`M${n}`, `COPY M${n + 1}. COPY M${n + 1}.`]),
    );
    expect(mistakeIn('COPY M0.', { library: libraryOf({ ...chain, M30: '' }) })).toMatchObject({
      code: 'COPYBOOK_TOO_LARGE',
    });
  });
});

describe('COPY … REPLACING', () => {
  const fields = "05 :TAG:-ID PIC 9(:LEN:).\n05 (TAG)-NAME PIC X. 05 OLD-DATE PIC X. 05 PRE-X PIC X VALUE 'a'.";
  const replacing = (phrase: string): string => member(`COPY F REPLACING ${phrase}.`, { F: fields });

  it.each([
    ['==:TAG:== BY ==CUST==', '#05 CUST-ID PIC {9(:LEN:)}'],
    ['==:tag:== BY CUST ==:LEN:== BY ==10==', '#05 CUST-ID PIC {9(10)}'],
    [':TAG: BY CUST', '#05 CUST-ID PIC {9(:LEN:)}'],
    ['==(TAG)== BY ==C==', '#05 C-NAME PIC {X}'],
    ['OLD-DATE BY NEW-DATE', '#05 NEW-DATE PIC {X}'],
    ['==05 OLD-DATE== BY ==05 A PIC X. 05 B==', '#05 A PIC {X} . #05 B PIC {X}'],
    ['==05 OLD-DATE PIC X.== BY ====', '#05 PRE-X'],
    ['LEADING ==PRE== BY ==POST==', '#05 POST-X PIC'],
    ['LEADING ==PRE-== BY ====', '#05 X PIC'],
    ['TRAILING ==DATE== BY ==TIME==', '#05 OLD-TIME PIC'],
    ["'a' BY 'b'", "VALUE 'b' ."],
    ["'a' BY ZERO", 'VALUE ZERO .'],
    ['==  PIC ,  X VALUE== BY ==PIC X(3) VALUE==', '#05 PRE-X PIC {X(3)} VALUE'],
  ])('%s', (phrase, expected) => {
    // What was not replaced may not be a name; the colons then stand alone.
    expect(replacing(`${phrase} ==:TAG:== BY ==T== ==(TAG)== BY ==T==`)).toContain(expected);
  });

  it('tries the replacements in order and does not look at replaced text again', () => {
    expect(member('COPY F REPLACING A BY B B BY C.', { F: '01 A. 05 B PIC X.' })).toBe('#01 B . #05 C PIC {X} .');
  });

  it('compares literals with their case', () => {
    expect(member("COPY F REPLACING 'a' BY 'x'.", { F: "01 A VALUES 'A' 'a'." })).toBe("#01 A VALUES 'A' 'x' .");
  });

  it('reaches into nested members', () => {
    expect(member('COPY F REPLACING ==:T:== BY ==X==.', { F: '01 :T:-A. COPY G.', G: '05 :T:-B PIC X.' })).toBe(
      '#01 X-A . #05 X-B PIC {X} .',
    );
  });

  it('replaces a picture', () => {
    expect(member('COPY F REPLACING ==X(10)== BY ==S9(5)V99 COMP-3==.', { F: '01 A PIC X(10).' })).toBe(
      '#01 A PIC {S9(5)V99} COMP-3 .',
    );
  });

  it('takes identifiers with qualification and subscripts', () => {
    expect(member('COPY F REPLACING A OF B (1) BY C D BY E.', { F: '01 X DEPENDING A OF B(1) D.' })).toBe(
      '#01 X DEPENDING C E .',
    );
  });

  it('points to the copied line for a word, to the statement for longer text', () => {
    const library = libraryOf({ F: '01 :A: :B:.' });
    const { tokens } = readSource('COPY F REPLACING ==:A:== BY ==N== ==:B:== BY ==PIC X==.', { library });
    expect(tokens.slice(1, 3).map(({ position }) => position.file)).toEqual(['F.cpy', '<copybook>']);
  });

  it.each([
    ['COPY F REPLACING.', 'COPY_SYNTAX'],
    ['COPY F REPLACING ==A== ==B==.', 'COPY_SYNTAX'],
    ['COPY F REPLACING ==== BY ==B==.', 'COPY_SYNTAX'],
    ['COPY F REPLACING ==A== BY ==B==', 'COPY_SYNTAX'],
    ['COPY F REPLACING A BY.', 'COPY_SYNTAX'],
    ['COPY.', 'COPY_SYNTAX'],
    ['COPY F REPLACING ==A== BY ==B.', 'UNTERMINATED_PSEUDO_TEXT'],
    ["COPY F REPLACING ==A== BY =='B==.", 'UNTERMINATED_PSEUDO_TEXT'],
  ])('is refused as %j', (text, code) => {
    expect(mistakeIn(text, { library: libraryOf({ F: '' }) })).toMatchObject({ code });
  });

  it('that makes text grow is stopped at 16 MiB', () => {
    const by = 'A '.repeat(20_000);
    const library = libraryOf({ F: 'X '.repeat(2_000) });
    expect(mistakeIn(`COPY F REPLACING X BY ==${by}==.`, { library })).toMatchObject({ code: 'COPYBOOK_TOO_LARGE' });
  });

  it('that compares without end is stopped', () => {
    const pattern = `${'A '.repeat(20_000)} B`;
    const library = libraryOf({ F: 'A '.repeat(200_000) });
    expect(mistakeIn(`COPY F REPLACING ==${pattern}== BY C.`, { library })).toMatchObject({
      code: 'COPYBOOK_TOO_LARGE',
    });
  });
});

describe('REPLACE', () => {
  it('holds until REPLACE OFF', () => {
    expect(shown('REPLACE ==:T:== BY ==X==. 01 :T:-A PIC X. REPLACE OFF. 01 X PIC X.')).toBe(
      '#01 X-A PIC {X} . #01 X PIC {X} .',
    );
  });

  it('applies to copied text and is itself replaced by the next', () => {
    const text = 'REPLACE ==A== BY ==B==. COPY F. REPLACE ==A== BY ==C==. COPY F.';
    expect(member(text, { F: '01 A PIC X.' })).toBe('#01 B PIC {X} . #01 C PIC {X} .');
  });

  it('adds up with ALSO', () => {
    const text = 'REPLACE ==A== BY ==B==. REPLACE ALSO ==X== BY ==9==. 01 A PIC X. REPLACE LAST OFF. 01 A PIC X.';
    expect(shown(text)).toBe('#01 B PIC {9} . #01 B PIC {X} .');
  });

  it.each(['REPLACE.', 'REPLACE ==A== BY .', 'REPLACE OFF 01 A PIC X.', 'REPLACE'])('is refused as %j', (text) => {
    expect(mistakeIn(text)).toMatchObject({ code: 'COPY_SYNTAX' });
  });
});

describe('other ways to include a member', () => {
  it.each([
    ['++INCLUDE B', '01 A.\n++INCLUDE B\n'],
    ['++INCLUDE in column 8', '       01 A.\n       ++INCLUDE B\n'],
    ['-INC in column 1', '       01 A.\n-INC B,PRINT\n'],
    ['-INC in column 8', '       01 A.\n       -INC B\n'],
    ['EXEC SQL INCLUDE', '01 A.\nEXEC SQL\n INCLUDE B END-EXEC.\n'],
  ])('%s', (_, text) => {
    expect(member(`${text}`, { B: '05 B PIC X.' })).toBe('#01 A . #05 B PIC {X} .');
  });

  it('need a member', () => {
    expect(mistakeIn('01 A.\n++INCLUDE')).toMatchObject({ code: 'COPY_SYNTAX', position: { line: 2 } });
  });
});
