import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopybookError } from '../../src/copybook/copybook-error.ts';
import type { ParseOptions } from '../../src/copybook/parse-options.ts';
import { readSource } from '../../src/copybook/read-source.ts';
import { libraryOf } from './source-cases.ts';

const options: ParseOptions = {
  library: libraryOf({ A: '01 :T:-A PIC X.', B: 'COPY A. COPY B.', C: "'" }),
  decodeEbcdic: (bytes) => Buffer.from(bytes).toString('latin1'),
};

/** Read a text: tokens that make sense, or a coded error whose place lies in the text. */
function check(text: string | Uint8Array, more: ParseOptions = {}): void {
  try {
    const { tokens } = readSource(text, { ...options, ...more });
    expect(tokens.at(-1)?.kind).toBe('end');
    for (const { kind, text: content, position } of tokens) {
      if (kind !== 'end' && kind !== 'literal') expect(content).not.toBe('');
      expect(position.column).toBeGreaterThan(0);
      expect(position.column).toBeLessThanOrEqual(position.lineText.length + 1);
    }
  } catch (error) {
    if (!(error instanceof CopybookError)) throw error;
    const { position } = error.diagnostic;
    expect(position.line).toBeGreaterThan(0);
    expect(position.column).toBeGreaterThan(0);
    expect(position.column).toBeLessThanOrEqual(position.lineText.length + 1);
  }
}

const words = fc.constantFrom(
  ...[
    '01',
    '05',
    'A',
    ':T:-A',
    'PIC',
    'X(10)',
    'IS',
    '.',
    ',',
    "'a'",
    "'",
    '"',
    'COPY',
    'A.',
    'B.',
    'C.',
    'REPLACING',
    '==',
  ],
  ...[
    'BY',
    'LEADING',
    'REPLACE',
    'OFF',
    'OF',
    '(',
    ')',
    'EXEC',
    'SQL',
    'INCLUDE',
    'END-EXEC',
    'DATA',
    'DIVISION',
    'SECTION',
  ],
  ...[
    'ID',
    'ENVIRONMENT',
    'PROCEDURE',
    'SPECIAL-NAMES',
    'CURRENCY',
    'FD',
    '\n',
    '\n      -    ',
    '\n      *',
    '\n000100 ',
  ],
  ...[
    '*>',
    '++INCLUDE',
    '-INC',
    '>>SOURCE FREE',
    '\t',
    '$SET',
    "X'0",
    '1,5',
    '-.5',
    '\u001a',
    '__proto__',
    '\u00a0',
    '😀',
  ],
);

describe('whatever is read', () => {
  it('arbitrary text gives tokens or a coded error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => check(text)),
      { numRuns: 500 },
    );
  });

  it('arbitrary bytes give tokens or a coded error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => check(bytes)),
      { numRuns: 500 },
    );
  });

  it('arbitrary COBOL words give tokens or a coded error', () => {
    const formats = fc.constantFrom('auto', 'fixed', 'free') as fc.Arbitrary<'auto' | 'fixed' | 'free'>;
    const glue = fc.constantFrom('', ' ', ' ', ' ');
    const text = fc.array(fc.tuple(words, glue), { maxLength: 60 }).map((pieces) => pieces.flat().join(''));
    fc.assert(
      fc.property(text, formats, fc.boolean(), (source, sourceFormat, decimalComma) =>
        check(source, { sourceFormat, decimalComma }),
      ),
      { numRuns: 2000 },
    );
  });

  it('a text reads the same in fixed and in free format', () => {
    const entries = fc.array(
      fc.constantFrom('01 A.', '  05 B PIC X(3).', '  05 C PIC 9V9 VALUE 1.5.', "  88 D VALUE 'x''y'."),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(entries, (lines) => {
        const kinds = (text: string): string[] =>
          readSource(text).tokens.map(({ kind, text: content }) => `${kind} ${content}`);
        const free = kinds(lines.join('\n'));
        expect(kinds(lines.map((line) => `       ${line}`).join('\n'))).toEqual(free);
        expect(kinds(lines.map((line) => `000100 ${line.padEnd(65)}00000001`).join('\r\n'))).toEqual(free);
      }),
    );
  });

  it.each([
    ['parentheses', '('],
    ['periods', '. '],
    ['quotation marks', "'"],
    ['tabs', '\t'],
    ['continuations', '\n      -A'],
    ['unclosed literals', "\n'A"],
    ['equal signs', '='],
    ['digits', '1'],
    ['replacements', 'REPLACE ==A== BY ==B==. '],
    ['signs', '+'],
  ])('a million characters of %s are read or refused', (_, piece) => {
    const text = `01 A ${piece.repeat(1_000_000 / piece.length)}`;
    try {
      expect(readSource(text, options).tokens.at(-1)?.kind).toBe('end');
    } catch (error) {
      expect(error).toBeInstanceOf(CopybookError);
    }
  });
});
