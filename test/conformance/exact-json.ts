/** A JSON number with its digits as written; never a double. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A JSON object as its members in order; a name may stand more than once, and `__proto__` is a name like any other. */
export class ExactObject {
  readonly entries: readonly (readonly [string, ExactJson])[];

  constructor(entries: readonly (readonly [string, ExactJson])[]) {
    this.entries = entries;
  }

  /** The last member of that name, as JSON.parse would give it. */
  get(name: string): ExactJson | undefined {
    return this.entries.findLast(([key]) => key === name)?.[1];
  }
}

export type ExactJson = null | boolean | string | ExactNumber | ExactObject | readonly ExactJson[];

const maximumDepth = 256; // deeper than any copybook nests: a hostile file must not exhaust the stack

/** Parse JSON (RFC 8259) without losing a digit. Throws a SyntaxError with the offset of the first mistake. */
export function parseExactJson(text: string): ExactJson {
  let at = 0;

  function fail(what: string): never {
    throw new SyntaxError(`${what} at offset ${at}`);
  }

  function space(): void {
    while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
  }

  function value(depth: number): ExactJson {
    if (depth > maximumDepth) fail('nesting is too deep');
    space();
    const start = text[at];
    if (start === '{') return object(depth);
    if (start === '[') return array(depth);
    if (start === '"') return string();
    for (const [word, meaning] of [
      ['null', null],
      ['true', true],
      ['false', false],
    ] as const) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
    number.lastIndex = at;
    const match = number.exec(text);
    if (match === null) fail('a value is expected');
    at += match[0].length;
    return new ExactNumber(match[0]);
  }

  function object(depth: number): ExactObject {
    const entries: [string, ExactJson][] = [];
    at++;
    space();
    if (text[at] === '}') {
      at++;
      return new ExactObject(entries);
    }
    for (;;) {
      space();
      if (text[at] !== '"') fail('a member name is expected');
      const name = string();
      space();
      if (text[at] !== ':') fail('a colon is expected');
      at++;
      entries.push([name, value(depth + 1)]);
      space();
      if (text[at] === '}') break;
      if (text[at] !== ',') fail('a comma or } is expected');
      at++;
    }
    at++;
    return new ExactObject(entries);
  }

  function array(depth: number): ExactJson[] {
    const items: ExactJson[] = [];
    at++;
    space();
    if (text[at] === ']') {
      at++;
      return items;
    }
    for (;;) {
      items.push(value(depth + 1));
      space();
      if (text[at] === ']') break;
      if (text[at] !== ',') fail('a comma or ] is expected');
      at++;
    }
    at++;
    return items;
  }

  function string(): string {
    const literal = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;
    literal.lastIndex = at;
    const match = literal.exec(text);
    if (match === null) fail('a string is malformed');
    try {
      const parsed = JSON.parse(match[0]) as string;
      at += match[0].length;
      return parsed;
    } catch {
      return fail('a string is malformed');
    }
  }

  const result = value(0);
  space();
  if (at < text.length) fail('something stands behind the value');
  return result;
}

/** Write JSON on one line with the numbers as they were written. */
export function writeExactJson(value: ExactJson): string {
  if (value instanceof ExactNumber) return value.text;
  if (value instanceof ExactObject) {
    return `{${value.entries.map(([name, member]) => `${JSON.stringify(name)}:${writeExactJson(member)}`).join(',')}}`;
  }
  if (typeof value === 'object' && value !== null) return `[${value.map(writeExactJson).join(',')}]`;
  return JSON.stringify(value);
}

/** The lines of a JSONL text that hold something. */
export function jsonLines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
