import { sourceMistake } from './source-mistake.ts';
import type { TextWord } from './text-word.ts';
import type { LiteralForm, Token } from './token.ts';

const forms: Readonly<Record<string, LiteralForm>> = {
  '': 'alphanumeric',
  X: 'hex',
  N: 'national',
  NX: 'national-hex',
  G: 'dbcs',
  U: 'utf8',
  UX: 'utf8',
  B: 'boolean',
  BX: 'boolean-hex',
  Z: 'null-terminated',
};

/** Turn a literal as written into its token: quotes undone, content checked. Throws BAD_LITERAL. */
export function readLiteral(word: TextWord): Token {
  const open = word.text.search(/["']/);
  const prefix = word.text.slice(0, open).toUpperCase();
  const mark = word.text[open] as string;
  const text = word.text.slice(open + 1, -1).replaceAll(mark + mark, mark);
  const { position } = word;
  if (prefix === 'H') {
    if (!/^[0-9A-Fa-f]{1,32}$/.test(text)) throw bad(word, 'a hexadecimal number has 1 to 32 hexadecimal digits');
    return { kind: 'number', text: BigInt(`0x${text}`).toString(), position };
  }
  const form = forms[prefix] ?? 'alphanumeric';
  if (prefix === 'X' && !isHex(text, 2)) throw bad(word, "X'…' needs two hexadecimal digits for every byte");
  if (prefix === 'NX' && !isHex(text, 4)) throw bad(word, "NX'…' needs four hexadecimal digits for every character");
  if (prefix === 'BX' && !isHex(text, 1)) throw bad(word, "BX'…' holds hexadecimal digits");
  if (prefix === 'B' && !/^[01]*$/.test(text)) throw bad(word, "B'…' holds the digits 0 and 1 only");
  if (prefix === 'UX') {
    if (!isHex(text, 2)) throw bad(word, "UX'…' needs two hexadecimal digits for every byte");
    return { kind: 'literal', text: Buffer.from(text, 'hex').toString('utf8'), form, position };
  }
  return { kind: 'literal', text, form, position };
}

function isHex(text: string, multiple: number): boolean {
  return text.length > 0 && text.length % multiple === 0 && /^[0-9A-Fa-f]*$/.test(text);
}

function bad(word: TextWord, expected: string): Error {
  return sourceMistake('BAD_LITERAL', word.position, `the literal ${word.text.slice(0, 40)} is malformed`, {
    expected,
  });
}
