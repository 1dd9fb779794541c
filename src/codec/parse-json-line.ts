const tokens = /"|-?[0-9][0-9.eE+-]*/g;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const exactDigits = 15; // every decimal of 15 digits survives the way through a double

/**
 * Parse JSON as the encoder wants it: a number of more than 15 digits becomes its text, which the encoder takes as a number
 * with all its digits.
 *
 * Throws a SyntaxError, as JSON.parse does.
 */
export function parseJsonLine(text: string): unknown {
  const parts: string[] = [];
  let done = 0;
  tokens.lastIndex = 0;
  for (let found = tokens.exec(text); found !== null; found = tokens.exec(text)) {
    const [token] = found;
    if (token === '"') {
      tokens.lastIndex = behindString(text, found.index);
    } else if (token.length > exactDigits && number.test(token)) {
      parts.push(text.slice(done, found.index), '"', token, '"');
      done = tokens.lastIndex;
    }
  }
  return JSON.parse(done === 0 ? text : parts.join('') + text.slice(done));
}

// A regular expression would run out of stack in a string of some megabytes.
function behindString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charAt(at - 1 - backslashes) === '\\') backslashes++;
  return backslashes % 2 === 1;
}
