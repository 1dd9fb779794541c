import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';

/** A parsed rule of `--view` or `--record-when`. */
export interface ParsedRule {
  /** The discriminator's name; `null` for a constant rule. */
  readonly field: string | null;
  readonly values: readonly string[];
  /** The redefined item of a constant rule; `null` for the others. */
  readonly redefined: string | null;
  /** The view or record to take. */
  readonly target: string;
}

/**
 * Parse `FIELD:V1,V2=TARGET`, or the constant form `REDEFINED=TARGET`.
 *
 * Quotation marks of either kind protect `, = :` and blanks; doubled inside they stand for themselves; `''` is blank.
 * Throws USAGE.
 */
export function parseRule(text: string): ParsedRule {
  const parts = splitUnquoted(text, '=');
  const target = unquote(parts.at(-1) ?? '');
  const condition = parts.slice(0, -1).join('=');
  if (parts.length < 2 || target === '' || condition.trim() === '') {
    throw new OverpunchError('USAGE', printable(`${text} is no rule`), { hint: 'write FIELD:V1,V2=NAME' });
  }
  const [name, ...rest] = splitUnquoted(condition, ':');
  if (rest.length === 0) return { field: null, values: [], redefined: unquote(condition), target };
  return {
    field: unquote(name ?? ''),
    values: splitUnquoted(rest.join(':'), ',').map(unquote),
    redefined: null,
    target,
  };
}

/**
 * Split at a character that stands outside of quotation marks, which open at the start of a value only (`O'BRIEN` has
 * none). Throws USAGE for a quotation that does not end.
 */
export function splitUnquoted(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character !== quote) continue;
      if (text.charAt(at + 1) === quote) at++;
      else quote = '';
    } else if ((character === "'" || character === '"') && /(?:^|[,=:])\s*$/.test(text.slice(0, at))) {
      quote = character;
    } else if (character === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (quote !== '') throw new OverpunchError('USAGE', printable(`${text} has a quotation that does not end`));
  parts.push(text.slice(start));
  return parts;
}

/** Take the quotation marks off a value; what stands outside of them is trimmed. */
export function unquote(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed.charAt(0);
  if ((quote !== "'" && quote !== '"') || trimmed.length < 2 || !trimmed.endsWith(quote)) return trimmed;
  return trimmed.slice(1, -1).replaceAll(quote + quote, quote);
}
