const tokens = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*/g;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const exactDigits = 15; // every decimal of 15 digits survives the way through a double

/**
 * Parse JSON as the encoder wants it: a number of more than 15 digits becomes its text, which the encoder takes as a number
 * with all its digits.
 *
 * Throws a SyntaxError, as JSON.parse does.
 */
export function parseJsonLine(text: string): unknown {
  return JSON.parse(
    text.replace(tokens, (token) => {
      if (token.length <= exactDigits || token.startsWith('"') || !number.test(token)) return token;
      return `"${token}"`;
    }),
  );
}
