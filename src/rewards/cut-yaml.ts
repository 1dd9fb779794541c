import type { FilePiece } from './campaign-parts.ts';

const linesPerStep = 200;
const charactersPerStep = 1_000_000;

/**
 * Cut what stands in YAML from an offset to another at the lines that are indented as the first one is. All of them have to match `first`, which
 * finds their names; `null` when they do not.
 */
export function* cutYaml(
  text: string,
  from: number,
  to: number,
  first: RegExp,
): Generator<void, readonly FilePiece[] | null> {
  const pieces: FilePiece[] = [];
  let key: string | null = null; // of the piece that is not closed yet
  let keyStart = from;
  let indentation = -1;
  let lines = 0;
  let rest = from + charactersPerStep;
  for (let start = from; start < to; ) {
    let at = start;
    while (text.charCodeAt(at) === 32) at += 1;
    const found = text[at] ?? '';
    if (at < to && found !== '\n' && found !== '\r' && found !== '#') {
      if (indentation < 0) indentation = at - start;
      if (at - start < indentation || found === '\t') return null;
      if (at - start === indentation) {
        first.lastIndex = at;
        const match = first.exec(text);
        // A list may stand right below its name: its dashes are part of that section.
        if (match !== null) {
          if (key !== null) pieces.push({ key, keyStart, start: keyStart, end: start });
          key = match[1] ?? '';
          keyStart = start;
        } else if (found !== '-' || text[at + 1] !== ' ' || key !== 'list') return null;
      }
    }
    const end = text.indexOf('\n', at);
    start = end < 0 ? to : end + 1;
    lines += 1;
    if (lines % linesPerStep !== 0 && start < rest) continue;
    rest = start + charactersPerStep;
    yield;
  }
  if (key !== null) pieces.push({ key, keyStart, start: keyStart, end: to });
  return pieces;
}
