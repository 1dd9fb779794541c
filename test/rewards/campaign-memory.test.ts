import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CampaignSet, Terminals } from '../../src/rewards/campaign.ts';
import { CampaignMemory } from '../../src/rewards/campaign-memory.ts';
import { parseCampaigns } from '../../src/rewards/load-campaigns.ts';
import { campaignsInSteps } from '../../src/rewards/read-campaigns.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

interface FileParts {
  readonly timeZone: string;
  readonly terminals: string;
  readonly list: readonly string[];
}

const json = (members: object): string => `  - ${JSON.stringify(members)}\n`;
const terminals = ['13001', '13002', 'some', 'more', '75001'];
const member = fc.oneof(
  fc
    .record(
      {
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        include: fc.subarray(terminals, { minLength: 1 }),
        exclude: fc.constantFrom('some', ['13001'], ['none']),
        share: fc.constantFrom(0.1, 0.5, 2),
        hours: fc.constant('18:00-02:00'),
        when: fc.constantFrom('bet.hour == 3', 'bet.x == 1'),
      },
      { requiredKeys: ['id'] },
    )
    .map(json),
  fc.constantFrom(
    '  - id: e\n    include: [some, 13001] # in lines\n',
    '  - {id: f, types: QI}\n',
    '  - id: &g g\n    title: T\n',
    '  - id: h\n    title: *g\n',
    '  - id: i\n    every: x\n',
  ),
);
const file: fc.Arbitrary<FileParts> = fc.record({
  timeZone: fc.constantFrom('UTC', 'Europe/Paris'),
  terminals: fc.constantFrom(
    '  some: [1, "2"]\n  more: 3\n',
    '  some: [1, 2]\n  more: [3, 13001]\n',
    '  more: [3]\n',
    '  some:\n    - 1\n  more: [x]\n',
  ),
  list: fc.array(member, { minLength: 1, maxLength: 6 }),
});

function textOf({ timeZone, terminals: lists, list }: FileParts): string {
  return `campaigns: x\nversion: 1\ntimeZone: ${timeZone}\nterminals:\n${lists}list:\n${list.join('')}`;
}

/** A set as plain values, or what is wrong. */
function read(text: string, memory?: CampaignMemory): unknown {
  try {
    return plain(parseCampaigns(text, 'c.yaml', undefined, memory));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.map(({ message, position: { line, column } }) => `${line}:${column} ${message}`);
  }
}

function plain(set: CampaignSet): unknown {
  const wordsOf = (list: Terminals | null): readonly string[] | null => (list === null ? null : [...list]);
  return set.campaigns.map(({ include, exclude, when, ...campaign }) => {
    return { ...campaign, include: wordsOf(include), exclude: wordsOf(exclude), when: when?.text ?? null };
  });
}

describe('the memory of a file of campaigns', () => {
  test('changes nothing about what is read, nor about what is wrong', () => {
    const files = fc.array(file, { minLength: 1, maxLength: 2 });
    const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom('delete', 'move', 'again')), { maxLength: 2 });
    fc.assert(
      fc.property(files, edits, (some, changes) => {
        const memory = new CampaignMemory();
        const versions = some.flatMap((one) => {
          let { list } = one;
          const later = changes.map(([number, what]) => {
            const at = number % Math.max(1, list.length);
            const rest = list.filter((_item, index) => index !== at);
            const moved = list[at] === undefined ? [] : [list[at]];
            list = what === 'delete' ? rest : what === 'move' ? [...moved, ...rest] : [...list, ...moved];
            return { ...one, list };
          });
          return [one, ...later, one];
        });
        for (const version of versions) {
          const text = textOf(version);
          expect(read(text, memory)).toEqual(read(text));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('gives the same campaigns where texts are the same, at whatever place', () => {
    const memory = new CampaignMemory();
    const items = ['  - {"id": "a", "include": ["1"]}\n', '  - id: b\n    types: QI\n', '  - {id: c}\n'];
    const parts = { timeZone: 'UTC', terminals: '  some: [1]\n' };
    const first = parseCampaigns(textOf({ ...parts, list: items }), 'c.yaml', undefined, memory).campaigns;
    const text = textOf({ ...parts, list: [...items.slice(0, 2), '  - {id: d}\n'] });
    const second = parseCampaigns(text, 'c.yaml', undefined, memory).campaigns;
    expect(second[0]).toBe(first[0]);
    expect(second[1]).toBe(first[1]);
    const third = parseCampaigns(textOf({ ...parts, list: items.slice(1) }), 'c.yaml', undefined, memory).campaigns;
    expect(third[0]).toEqual({ ...second[1], index: 0 });
    const other = textOf({ ...parts, timeZone: 'Europe/Paris', list: items });
    expect(parseCampaigns(other, 'c.yaml', undefined, memory).campaigns[0]).not.toBe(first[0]);
  });

  test('is of no use to two that read at the same time, and does no harm', () => {
    const memory = new CampaignMemory();
    const texts = ['UTC', 'Europe/Paris'].map((timeZone) => {
      return textOf({ timeZone, terminals: '  some: [1]\n', list: ['  - {"id": "a", "include": ["7", "1"]}\n'] });
    });
    const running = texts.map((text) => campaignsInSteps(text, 'c.yaml', undefined, memory));
    const sets: (CampaignSet | null)[] = [null, null];
    while (sets.includes(null)) {
      for (const [index, steps] of running.entries()) {
        const step = steps.next();
        if (step.done === true && sets[index] === null) sets[index] = step.value;
      }
    }
    expect(sets.map((set) => (set === null ? null : plain(set)))).toEqual(texts.map((text) => read(text)));
  });
});
