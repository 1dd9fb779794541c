/** What is wrong with a text that should be JSON: where, counting from 0, and what should be there. */
export interface JsonMistake {
  readonly at: number;
  readonly expected: string;
}

/** Where a value of a JSON text stands, counting from 0; `key` is where its member starts. */
export interface JsonPlace {
  readonly key: number;
  readonly value: number;
}

const deepest = 1000; // levels of objects and arrays in each other
const blank = /[ \t\n\r]*/y;
const openText = /"[^"\\\u0000-\u001f]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const word = /true|false|null/y;

/** Find what keeps a text from being JSON; `null` when nothing does. */
export function jsonMistake(source: string): JsonMistake | null {
  try {
    const end = skipBlank(source, skipValue(source, skipBlank(source, 0), 0));
    return end === source.length ? null : { at: end, expected: 'the end of the line' };
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}

/**
 * Find the value that steps lead to in a JSON text: names of members, numbers of entries (from 1).
 *
 * A step that leads nowhere is passed over, so that what is found is as near as can be.
 */
export function findInJson(source: string, steps: readonly (readonly string[] | number)[]): JsonPlace {
  const start = skipBlank(source, 0);
  let place: JsonPlace = { key: start, value: start };
  try {
    for (const step of steps) {
      place = (typeof step === 'number' ? entryOf(source, place, step) : memberOf(source, place, step)) ?? place;
    }
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
  }
  return place;
}

class Mistake extends Error implements JsonMistake {
  readonly at: number;
  readonly expected: string;

  constructor(at: number, expected: string) {
    super(expected);
    this.at = at;
    this.expected = expected;
  }
}

function memberOf(source: string, { value }: JsonPlace, names: readonly string[]): JsonPlace | null {
  if (source[value] !== '{') return null;
  let found: JsonPlace | null = null;
  walkObject(source, value, 0, (key, end, at) => {
    // As in JSON.parse, the last of several counts.
    if (names.includes(JSON.parse(source.slice(key, end)) as string)) found = { key, value: at };
  });
  return found;
}

function entryOf(source: string, { value }: JsonPlace, wanted: number): JsonPlace | null {
  if (source[value] !== '[') return null;
  let found: JsonPlace | null = null;
  let count = 0;
  walkArray(source, value, 0, (at) => {
    count += 1;
    if (count === wanted) found = { key: at, value: at };
  });
  return found;
}

function skipValue(source: string, at: number, depth: number): number {
  const first = source[at];
  if (depth > deepest) throw new Mistake(at, `at most ${deepest} levels`);
  if (first === '{') return walkObject(source, at, depth, () => undefined);
  if (first === '[') return walkArray(source, at, depth, () => undefined);
  const end = first === '"' ? skipText(source, at) : Math.max(match(number, source, at), match(word, source, at));
  if (end > at) return end;
  throw new Mistake(at, first === '"' ? 'a text that ends with " and has no control characters' : 'a value');
}

function walkObject(
  source: string,
  start: number,
  depth: number,
  visit: (key: number, keyEnd: number, value: number) => void,
): number {
  let at = skipBlank(source, start + 1);
  if (source[at] === '}') return at + 1;
  for (;;) {
    const keyEnd = source[at] === '"' ? skipText(source, at) : -1;
    if (keyEnd < 0) throw new Mistake(at, 'a member name in quotes');
    const colon = skipBlank(source, keyEnd);
    if (source[colon] !== ':') throw new Mistake(colon, ': behind a member name');
    const value = skipBlank(source, colon + 1);
    const end = skipBlank(source, skipValue(source, value, depth + 1));
    visit(at, keyEnd, value);
    if (source[end] === '}') return end + 1;
    if (source[end] !== ',') throw new Mistake(end, ', or }');
    at = skipBlank(source, end + 1);
  }
}

function walkArray(source: string, start: number, depth: number, visit: (value: number) => void): number {
  let at = skipBlank(source, start + 1);
  if (source[at] === ']') return at + 1;
  for (;;) {
    const end = skipBlank(source, skipValue(source, at, depth + 1));
    visit(at);
    if (source[end] === ']') return end + 1;
    if (source[end] !== ',') throw new Mistake(end, ', or ]');
    at = skipBlank(source, end + 1);
  }
}

/** The end of a text; −1 when it is none. Escape by escape: one expression for all would run out of stack. */
function skipText(source: string, at: number): number {
  let end = match(openText, source, at);
  while (end >= 0 && source[end] !== '"') end = match(escaped, source, end);
  return end < 0 ? -1 : end + 1;
}

function skipBlank(source: string, at: number): number {
  return match(blank, source, at);
}

/** The end of what a sticky expression matches there, −1 for nothing. */
function match(expression: RegExp, source: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(source) ? expression.lastIndex : -1;
}
