import type { FilePiece } from './campaign-parts.ts';

const charactersPerStep = 100_000;

/**
 * Cut the object or list in JSON that starts at an offset into its members or items. Returns them and what follows the whole.
 *
 * `null` for what is no JSON as far as brackets, commas and quotation marks say so; what is in a piece is not looked at.
 */
export function* cutJson(
  text: string,
  from: number,
): Generator<void, { readonly pieces: readonly FilePiece[]; readonly end: number } | null> {
  const isObject = text[from] === '{';
  const pieces: FilePiece[] = [];
  const closing: string[] = [];
  let name: { readonly key: string; readonly keyStart: number } | null = null;
  let start = -1; // of the value, or of the name in front of it
  let rest = from + charactersPerStep;
  for (let at = from; at < text.length; at++) {
    if (at > rest) {
      rest = at + charactersPerStep;
      yield;
    }
    const character = text[at] as string;
    const isClosing = character === '}' || character === ']';
    if (closing.length === 1) {
      if (character === ',' || isClosing) {
        const isEmpty = start < 0 && name === null && isClosing && pieces.length === 0;
        if (!isEmpty && (start < 0 || isObject !== (name !== null))) return null;
        if (!isEmpty) pieces.push({ key: '', keyStart: start, ...name, start, end: endOf(text, at) });
        name = null;
        start = -1;
      } else if (character === ':') {
        const written = /^"([^"\\]*)"\s*$/.exec(text.slice(start, at));
        if (!isObject || name !== null || start < 0 || written === null) return null;
        name = { key: written[1] ?? '', keyStart: start };
        start = -1;
      } else if (start < 0 && !isSpace(text.charCodeAt(at))) start = at;
    }
    if (character === '"') {
      at = closingQuote(text, at);
      if (at < 0) return null;
    } else if (isClosing) {
      if (closing.pop() !== character) return null;
      if (closing.length === 0) return { pieces, end: at + 1 };
    } else if (character === '{' || character === '[') closing.push(character === '{' ? '}' : ']');
  }
  return null;
}

/** Find the end of a text that starts with a quotation mark; -1: it has none. */
function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return -1;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** Where a value ends in front of a comma or bracket: without the space between them. */
function endOf(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end - 1))) end -= 1;
  return end;
}
