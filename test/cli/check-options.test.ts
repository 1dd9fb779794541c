import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/cli/check-options.ts';
import { commonOptions } from '../../src/cli/common-options.ts';
import { type DecodingOptions, decodingOptions } from '../../src/cli/decoding-options.ts';
import type { OptionDefinition } from '../../src/cli/option-definition.ts';
import { optionName } from '../../src/cli/option-name.ts';

const given = (options: Record<string, unknown>) =>
  new Map(Object.entries(options).map(([name, value]) => [name, { value, place: '' }]));
const check = (options: Record<string, unknown>): DecodingOptions => checkOptions(decodingOptions, given(options));

describe('options', () => {
  it('takes true for an option that may stand without a value, as an options file has it', () => {
    expect(check({ strict: 'true', filler: 'true' })).toEqual({ strict: 'errors', filler: 'keep' });
  });

  it('turns names and values into what the code uses', () => {
    const options = check({
      'rdw-endian': 'little',
      'pointer-size': '8',
      limit: '10',
      'rdw-adjustment': '-4',
      view: 'A=B',
      raw: true,
    });
    expect(options).toEqual({
      rdwEndian: 'little',
      pointerSize: 8,
      limit: 10,
      rdwAdjustment: -4,
      view: ['A=B'],
      raw: true,
    });
  });

  it('takes the last of an option that was given twice, and all of one that repeats', () => {
    expect(check({ to: ['csv', 'json'], where: ['A = 1', 'B = 2'] })).toEqual({
      to: 'json',
      where: ['A = 1', 'B = 2'],
    });
  });

  it.each([
    [{ formt: 'rdw' }, 'there is no option --formt; did you mean --format?'],
    [{ format: 'rdv' }, '--format takes one of fixed, rdw, bdw, text, quarantine, not rdv; did you mean rdw?'],
    [{ limit: '-1' }, '--limit takes a whole number from 0 up, not -1'],
    [{ limit: '1e3' }, '--limit takes a whole number from 0 up, not 1e3'],
    [{ limit: '' }, '--limit takes a whole number from 0 up'],
    [{ view: '' }, '--view takes a value: FIELD:V1,V2=VIEW'],
    [{ view: false }, '--view takes a value: FIELD:V1,V2=VIEW'],
    [{ codepage: false }, '--codepage takes a value: NAME'],
    [{ 'pointer-size': '5' }, '--pointer-size takes one of 4, 8, not 5'],
    [{ raw: 'perhaps' }, '--raw is either given or not'],
    [{ constructor: 'x' }, 'there is no option --constructor'],
  ])('refuses %j', (options, message) => {
    expect(() => check(options)).toThrow(message);
  });
});

describe('the table', () => {
  const all = { ...decodingOptions, ...commonOptions } as unknown as Record<string, OptionDefinition<unknown>>;

  it.each(Object.entries(all))('%s says what it does and what it takes', (member, definition) => {
    expect(optionName(member)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(definition.summary).not.toBe('');
    expect(definition.kind === 'flag').toBe(definition.values.length === 0 && definition.argument === '');
  });

  it('gives no letter twice', () => {
    const letters = Object.values(all).flatMap(({ alias }) => (alias === '' ? [] : alias));
    expect(new Set(letters).size).toBe(letters.length);
  });
});
