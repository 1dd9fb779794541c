import { describe, expect, test } from 'vitest';
import { impliedValues } from '../../src/cli/implied-values.ts';
import { flag, maybeChoice, text } from '../../src/cli/option-definition.ts';

const options = {
  output: text('Output', 'FILE', 'where to', { alias: 'o' }),
  quarantine: text('Output', 'FILE', 'where bad ones go'),
  quiet: flag('Output', 'say nothing'),
  strict: maybeChoice('Bad records', ['errors', 'notes'], 'stop'),
};
const implied = (line: string): string => impliedValues(line.split(' '), [{ options }]).join(' ');

describe('a word behind an option', () => {
  test.each([
    ['decode a -o -', 'decode a --output=-'],
    ['decode --output - a', 'decode --output=- a'],
    ['decode - --quarantine - -o x', 'decode - --quarantine=- -o x'],
    ['decode --quiet -', 'decode --quiet -'], // a file: standard input
    ['decode -o x -', 'decode -o x -'],
    ['decode -- -o -', 'decode -- -o -'],
    ['decode --strict -', 'decode --strict=errors -'],
    ['decode --strict notes a', 'decode --strict=notes a'],
  ])('%s', (line, expected) => {
    expect(implied(line)).toBe(expected);
  });
});
