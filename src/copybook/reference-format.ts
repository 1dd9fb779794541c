import { columnOf, firstInk, lineAreas, lineEnd } from './source-line.ts';

/** `fixed`: text in columns 8–72; `variable`: from column 8 without a right margin; `free`: anywhere. */
export type ReferenceFormat = 'fixed' | 'variable' | 'free';

const clauseWords = new Set(
  'COPY REPLACE EXEC FD SD PIC PICTURE OCCURS REDEFINES VALUE VALUES USAGE COMP COMP-3 DEPENDING INDEXED'.split(' '),
);

/**
 * Recognise the reference format of a source text.
 *
 * Fixed unless more speaks for entries that begin in columns 1–6 than for sequence numbers there. Fixed text whose entries only
 * end behind column 72, with no identification there, is `variable`.
 */
export function detectReferenceFormat(text: string): ReferenceFormat {
  let free = 0;
  let early = 0;
  let numbered = 0;
  let wide = 0;
  let identified = 0;
  for (let start = 0; start <= text.length; ) {
    const { end, next } = lineEnd(text, start);
    const line = text.slice(start, end);
    start = next;
    const ink = firstInk(line);
    if (ink === line.length || line[ink] === '*' || line[ink] === '>' || line.startsWith('++', ink)) continue;
    const areas = lineAreas(line);
    if (columnOf(line, Math.min(ink, 80)) <= 6) {
      if (beginsEntry(line, ink, areas.textStart)) free += 2;
      else if (/^\d{6}/.test(line)) numbered += 3;
      else if (' */-'.includes(areas.indicator) && firstInk(line, areas.textStart) < line.length) numbered++;
      else early++;
    }
    if (!'*/$'.includes(areas.indicator)) {
      const margin = marginUse(line, areas.textStart, areas.textEnd);
      if (margin === 'code') wide++;
      else if (margin === 'identification') identified++;
    }
  }
  if (free > numbered || (numbered === 0 && early > 0)) return 'free';
  return wide > identified ? 'variable' : 'fixed';
}

/** Whether the text at `ink` reads as the start of an entry or clause, rather than as a sequence number before `body`. */
function beginsEntry(line: string, ink: number, body: number): boolean {
  const word = wordAt(line, ink);
  if (/^\d{1,2}$/.test(word)) {
    const following = firstInk(line, ink + word.length);
    // `10    05 NAME` is a short sequence number before an entry, not a level.
    return isLevel(word) && !(following >= body && isLevel(wordAt(line, following)));
  }
  if (clauseWords.has(word)) return true;
  const second = wordAt(line, firstInk(line, ink + word.length));
  return second === 'DIVISION' || second === 'SECTION';
}

function isLevel(word: string): boolean {
  if (!/^\d{1,2}$/.test(word)) return false;
  const level = Number(word);
  return (level >= 1 && level <= 49) || level === 66 || level === 77 || level === 88;
}

/** The word at an index in upper case, cut at 20 characters. */
function wordAt(line: string, start: number): string {
  const piece = line.slice(start, start + 20);
  const end = piece.search(/\s/);
  return (end < 0 ? piece : piece.slice(0, end)).replace(/\.$/, '').toUpperCase();
}

/** What stands behind column 72: nothing of note, the rest of the line's entry, or card identification. */
function marginUse(line: string, textStart: number, textEnd: number): 'nothing' | 'code' | 'identification' {
  const tail = line.slice(textEnd).trim();
  if (tail === '') return 'nothing';
  const body = line.slice(textStart, textEnd).trimEnd();
  if (body === '' || body.endsWith('.')) return 'identification';
  return tail.endsWith('.') ? 'code' : 'nothing';
}
