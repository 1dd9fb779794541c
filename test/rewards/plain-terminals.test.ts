import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runSteps } from '../../src/rewards/run-steps.ts';
import { createTerminalLists } from '../../src/rewards/terminal-lists.ts';
import { TerminalNames } from '../../src/rewards/terminal-names.ts';
import type { SettingsProblem } from '../../src/settings/settings-error.ts';
import { readYaml } from '../../src/yaml/read-yaml.ts';

const nowhere = { file: '', line: 1, column: 1, lineText: '' };

describe('a list of terminals in brackets', () => {
  test('says what the parser reads, or is left to it', () => {
    const word = fc.oneof(
      fc.constantFrom('1', '01', '001', '00000001', '123456789', 'A1', '"13001"', 'some', '"some"', 'none', '"', 'x y'),
      fc.constantFrom('é', '"é"', '', '-', '1.0', 'null', '"\\u0031"', '[1]', '12345678901234567890', "'1'", 'A1B2'),
      fc.nat(300).map(String),
      fc.nat(300).map((number) => `"${number}"`),
    );
    const comma = fc.constantFrom(',', ', ', ' , ', ',\n  ', ',\r\n  ');
    const list = fc
      .tuple(fc.array(word, { maxLength: 12 }), comma, fc.constantFrom('', ' ', '\n '))
      .map(([words, between, space]) => `[${space}${words.join(between)}${space}]`);
    let read = 0;
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), (texts) => {
        const lists = createTerminalLists(new TerminalNames());
        expect(runSteps(lists.addPlain('some', '[7, 13001, 7]'))).toBe(true);
        for (const text of texts) {
          const found = runSteps(lists.terminalsIn(text));
          if (found === null) continue;
          read += 1;
          const { root } = readYaml(`a: ${text}`);
          const value = root?.kind === 'map' ? root.entries[0]?.value : undefined;
          const problems: SettingsProblem[] = [];
          const terminals = value === undefined ? null : lists.terminalsOf(value, () => nowhere, problems);
          expect(problems).toEqual([]);
          expect([...found]).toEqual([...(terminals ?? [])]);
        }
      }),
      { numRuns: 300 },
    );
    expect(read).toBeGreaterThan(100);
  });

  test('keeps each terminal once, however many there are, and a list alone as it is', () => {
    const lists = createTerminalLists(new TerminalNames());
    const words = Array.from({ length: 5000 }, (_none, index) => String(index * 7).padStart(5, '0'));
    runSteps(lists.addPlain('all', `[${words.join(',')}]`));
    const all = runSteps(lists.terminalsIn('["all"]'));
    expect(all).toBe(runSteps(lists.terminalsIn('[all]')));
    expect([...(all ?? [])]).toEqual(words);
    const twice = runSteps(lists.terminalsIn(`[X1, all, ${words.slice(0, 10).join(', ')}]`));
    expect([...(twice ?? [])]).toEqual(['X1', ...words]);
    expect([all?.includes('00007'), all?.includes('7'), all?.includes('X1'), twice?.includes('X1')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(JSON.stringify(runSteps(lists.terminalsIn('[1, 2]')))).toBe('["1","2"]');
  });

  test('yields now and then when it is long', () => {
    const lists = createTerminalLists(new TerminalNames());
    const text = `[${Array.from({ length: 200_000 }, (_none, index) => index % 5000).join(',')}]`;
    expect([...lists.terminalsIn(text)].length).toBeGreaterThan(10);
  });
});
