import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CampaignUses } from '../../src/rewards/campaign-uses.ts';
import { TerminalTable } from '../../src/rewards/terminal-table.ts';

const step = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'add', 'delete', 'clear'),
  owner: fc.integer({ min: 0, max: 200 }).map((owner) => (owner % 7) * 31),
  campaign: fc.integer({ min: 0, max: 300 }),
  count: fc.constantFrom(1, 1, 1, -1, 64, 128, -128, 100_000),
});

describe('uses of campaigns', () => {
  it('are what a map of pairs says, for all owners', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 2000, size: 'max' }), (steps) => {
        const uses = new CampaignUses();
        const known = new Map<number, Map<number, number>>();
        for (const { kind, owner, campaign, count } of steps) {
          const own = known.get(owner) ?? new Map<number, number>();
          known.set(owner, own);
          if (kind === 'add') {
            uses.add(owner, campaign, count);
            own.set(campaign, (own.get(campaign) ?? 0) + count);
          } else if (kind === 'delete') {
            uses.delete(owner, campaign);
            own.delete(campaign);
          } else {
            uses.clear(owner);
            own.clear();
          }
          expect(uses.get(owner, campaign)).toBe(own.get(campaign) ?? 0);
        }
        for (const [owner, own] of known) {
          expect(uses.sizeOf(owner)).toBe(own.size);
          expect([...uses.campaigns(owner)].sort((one, other) => one - other)).toEqual(
            [...own.keys()].sort((one, other) => one - other),
          );
          for (const [campaign, count] of own) expect(uses.get(owner, campaign)).toBe(count);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('of more campaigns than a chunk holds are all there', () => {
    const uses = new CampaignUses();
    uses.add(1, 5, 2);
    for (let campaign = 0; campaign < 40_000; campaign++) uses.add(0, campaign, campaign + 1);
    for (let campaign = 0; campaign < 40_000; campaign += 97) expect(uses.get(0, campaign)).toBe(campaign + 1);
    expect(uses.sizeOf(0)).toBe(40_000);
    expect(uses.get(1, 5)).toBe(2);
  });
});

describe('a table of terminals', () => {
  it('knows terminals by any name, and gives the numbers of those that are gone to others', () => {
    const names = ['13001', '013001', '', 'É1', '馬', '\ud83d', '123456789', 'A', '00000', '0'];
    const table = new TerminalTable();
    for (const name of names) table.named(name, () => {});
    expect(names.map((name) => table.find(name))).toEqual(names.map((_name, number) => number));
    expect(table.find('1')).toBe(-1);
    table.learn(
      table.named('馬', () => {}),
      'NORD',
    );
    table.uses.add(4, 7, 1);
    table.forget(({ name }) => name === '馬');
    expect(table.find('馬')).toBe(-1);
    expect(table.named('B', () => {}).number).toBe(4);
    expect(table.regionOf(4)).toBe(null);
    expect(table.uses.get(4, 7)).toBe(0);
    for (let count = 0; count < 3000; count++) {
      table.named(`T${count}`, () => {});
      table.forget(({ name }) => name.startsWith('T'));
    }
    expect(names.filter((name) => name !== '馬').every((name) => table.all[table.find(name)]?.name === name)).toBe(
      true,
    );
    expect(table.size).toBe(names.length);
  });
});
