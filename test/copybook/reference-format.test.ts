import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/copybook/read-source.ts';
import { detectReferenceFormat } from '../../src/copybook/reference-format.ts';
import { mistakeIn, shown } from './source-cases.ts';

const lines = (...text: readonly string[]): string => text.join('\n');
const literalOf = (text: string): string | undefined =>
  readSource(text).tokens.find(({ kind }) => kind === 'literal')?.text;

describe('the reference format is recognised', () => {
  it.each([
    ['unnumbered fixed', lines('       01  A.', '           05  B PIC X.'), 'fixed'],
    ['numbered cards', lines('000100 01  A.', '000200     05  B PIC X.'), 'fixed'],
    ['short sequence numbers', lines('    10 01  A.', '    20     05  B PIC X.'), 'fixed'],
    ['numbers that look like levels', lines('10     01  A.', '20         05  B PIC X.'), 'fixed'],
    ['change tags', lines('CR0017 01  A.', '           05  B PIC X.'), 'fixed'],
    ['a tab in front', '\t01 A.\n\t05 B PIC X.', 'fixed'],
    ['text from column 7', lines('      01 A.', '        05 B PIC X.'), 'fixed'],
    ['column 1', lines('01 A.', '   05 B PIC X.'), 'free'],
    ['column 4', lines('   01 A.', '      05 B PIC X.'), 'free'],
    ['comments in column 7 around free text', lines('      * one', '      * two', '01 A.', '  05 B PIC X.'), 'free'],
    ['a program in column 1', lines('IDENTIFICATION DIVISION.', 'PROGRAM-ID. P.'), 'free'],
    ['identification in 73-80', `${'       01  A PIC X.'.padEnd(72)}CVEXPORT`, 'fixed'],
    ['entries that end behind column 72', `${'       01  A PIC'.padEnd(70)}X(10).`, 'variable'],
    ['remarks behind column 72', `${'       01  A PIC X.'.padEnd(72)}the name of the thing.`, 'fixed'],
    ['nothing', '', 'fixed'],
  ])('%s', (_, text, format) => {
    expect(detectReferenceFormat(text)).toBe(format);
  });
});

describe('fixed format', () => {
  const fixed = { sourceFormat: 'fixed' } as const;

  it('has neither sequence numbers nor identification', () => {
    expect(shown(`${'000100 01  A PIC X(10).'.padEnd(72)}00000010`)).toBe('#01 A PIC {X(10)} .');
  });

  it('leaves out comment, page and debugging lines', () => {
    const text = lines(
      '      * a comment',
      '      / another',
      '      D 01 DEBUG.',
      '      d 01 DEBUG.',
      '       01 A PIC X.',
      '* and one',
    );
    expect(shown(text)).toBe('#01 A PIC {X} .');
  });

  it('ends a line at an inline comment, but not within a literal', () => {
    expect(shown("       01 A PIC X(4) VALUE 'a*>b'. *> it's a name")).toBe("#01 A PIC {X(4)} VALUE 'a*>b' .");
  });

  it('counts columns with tabs but points to the character as written', () => {
    const { tokens } = readSource('\t01 A PIC X.', fixed);
    expect(tokens[0]?.position).toMatchObject({ line: 1, column: 2 });
    expect(shown('000100\t01 A PIC X.', fixed)).toBe('#01 A PIC {X} .');
  });

  it('takes text in column 7 that is no indicator as text', () => {
    expect(shown(lines('      01 A.', '       05 B PIC X.'))).toBe('#01 A . #05 B PIC {X} .');
    expect(shown(lines('      DATA DIVISION.', '      LINKAGE SECTION.', '      01 A PIC X.'))).toBe('#01 A PIC {X} .');
  });

  it('continues a literal from column 72, blanks included', () => {
    const first = "       01 A PIC X(70) VALUE 'abc";
    expect(literalOf(lines(first, "      -    'def'."))).toBe(`abc${' '.repeat(72 - first.length)}def`);
  });

  it('continues a literal that was cut at the margin', () => {
    const first = `       01 A PIC X(70) VALUE '${'x'.repeat(43)}`;
    expect(first).toHaveLength(72);
    expect(literalOf(lines(`${first}IDENTIFY`, '      * between', "      -    'yy''z'."))).toBe(
      `${'x'.repeat(43)}yy'z`,
    );
  });

  it('continues a literal behind a quotation mark at the margin', () => {
    const first = `       01 A PIC X(70) VALUE '${'x'.repeat(42)}'`;
    expect(literalOf(lines(first, "      -    ''yy'."))).toBe(`${'x'.repeat(42)}'yy`);
  });

  it('continues a word without a blank', () => {
    expect(shown(lines('       01 LONG-NA', '      -    ME PIC X.'))).toBe('#01 LONG-NAME PIC {X} .');
  });

  it('refuses a continuation of nothing', () => {
    expect(mistakeIn('      -    ABC.')).toMatchObject({ code: 'BAD_CONTINUATION', position: { line: 1, column: 12 } });
  });

  it('refuses a continuation that does not resume its literal', () => {
    expect(mistakeIn(lines("       01 A VALUE 'abc", '      -    def.'))).toMatchObject({
      code: 'BAD_CONTINUATION',
      position: { line: 2, column: 12 },
    });
  });
});

describe('free format', () => {
  it('has comments anywhere', () => {
    const text = lines('*> one', '01 A. *> two', '  * three', '*four', "  05 B PIC X VALUE '*>'.");
    expect(shown(text)).toBe("#01 A . #05 B PIC {X} VALUE '*>' .");
  });

  it('has no right margin', () => {
    expect(shown(`01 A PIC${' '.repeat(90)}X.`)).toBe('#01 A PIC {X} .');
  });

  it('is switched on and off by directives', () => {
    const text = lines(
      '      $SET SOURCEFORMAT"FREE"',
      '01 A PIC X.',
      '>>SOURCE FORMAT IS FIXED',
      '000100 01 B PIC X.',
    );
    expect(shown(text, { sourceFormat: 'fixed' })).toBe('#01 A PIC {X} . #01 B PIC {X} .');
    expect(shown(lines('       >>SOURCE FREE', '01 A PIC X.'), { sourceFormat: 'fixed' })).toBe('#01 A PIC {X} .');
  });
});

describe('lines that are no program text', () => {
  it.each([
    'EJECT',
    'SKIP1',
    'SKIP2.',
    'SKIP3',
    "TITLE 'A''s'.",
    '*CBL LIST',
    '*CONTROL NOLIST',
    '>>PAGE',
    '>>D 01 X.',
  ])('%s', (line) => {
    expect(shown(lines('       01 A.', `           ${line}`, '           05 B PIC X.'))).toBe(
      '#01 A . #05 B PIC {X} .',
    );
    expect(shown(lines('01 A.', line, '05 B PIC X.'))).toBe('#01 A . #05 B PIC {X} .');
  });

  it('CBL and PROCESS before the first line', () => {
    expect(shown(lines('CBL APOST,TRUNC(BIN)', ' PROCESS LIST', '       01 A PIC X.'))).toBe('#01 A PIC {X} .');
  });

  it('conditional compilation, which is refused', () => {
    expect(mistakeIn(lines('01 A.', '>>IF X DEFINED', '05 B PIC X.'))).toMatchObject({
      code: 'UNSUPPORTED_DIRECTIVE',
      position: { line: 2 },
    });
  });

  it('a comment with the ellipsis of Windows text, whole', () => {
    expect(shown(lines('      * and so on\u0085 05 X', '       01 A PIC X.'))).toBe('#01 A PIC {X} .');
  });

  it('what stands behind the DOS end of file', () => {
    expect(shown('01 A PIC X.\n\u001a\u0000\u0000')).toBe('#01 A PIC {X} .');
  });
});
