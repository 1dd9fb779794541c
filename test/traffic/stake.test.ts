import { describe, expect, test } from 'vitest';
import { betKinds } from '../../src/traffic/bet-kinds.ts';
import { choose, unitBets } from '../../src/traffic/stake.ts';
import { captured } from './captured.ts';

/** Every way to fill the places of a bet: lists of horses, one for each unit that is played. */
function played(
  places: number,
  bases: readonly number[],
  associates: readonly number[],
  allOrders: boolean,
): Set<string> {
  const found = new Set<string>();
  const sets = (chosen: readonly number[], from: number): void => {
    if (chosen.length === places) {
      for (const order of allOrders ? orders(chosen) : [chosen]) found.add(order.join('-'));
      return;
    }
    for (let index = from; index < associates.length; index++) sets([...chosen, associates[index] ?? 0], index + 1);
  };
  sets(bases, 0);
  return found;
}

function orders(horses: readonly number[]): number[][] {
  if (horses.length === 0) return [[]];
  return horses.flatMap((first) => orders(horses.filter((horse) => horse !== first)).map((rest) => [first, ...rest]));
}

function upTo(count: number, from = 1): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => from + index);
}

describe('unit bets', () => {
  test('are as many as there are ways to play', () => {
    for (let places = 1; places <= 5; places++) {
      for (let bases = 0; bases < places; bases++) {
        for (let associates = 0; associates <= 8; associates++) {
          for (const allOrders of [false, true]) {
            const ways = played(places, upTo(bases), upTo(associates, 10), allOrders).size;
            expect(unitBets({ places, bases, associates, allOrders })).toBe(ways);
          }
        }
      }
    }
  });

  test('of large fields are exact', () => {
    expect(choose(20, 5)).toBe(15_504);
    expect(choose(19, 4)).toBe(3876);
    expect(unitBets({ places: 5, bases: 0, associates: 18, allOrders: true })).toBe(8568 * 120);
  });
});

describe('stakes in generated bets', () => {
  const { lines } = captured({ seed: 21, frames: 30_000, clean: true });
  const bets = lines.filter(({ type }) => type === 'T031');
  const places: Readonly<Record<string, number>> = {
    SG: 1,
    SP: 1,
    CG: 2,
    CP: 2,
    CO: 2,
    D4: 2,
    TR: 3,
    TO: 3,
    TI: 3,
    QA: 4,
    QI: 5,
  };

  test('are the unit stake times the ways to play, for every type and formula', () => {
    const seen = new Set<string>();
    for (const { value } of bets) {
      const code = String(value['PARI-TYPE']);
      const kind = betKinds.find((one) => one.code === code);
      const slip = value[kind?.view ?? ''] as Readonly<Record<string, unknown>>;
      const mise = value['T031-MISE'] as Readonly<Record<string, number>>;
      const prefix = kind?.prefix ?? '';
      const bases = (slip[`${prefix}-BASE`] as number[] | undefined) ?? [];
      const listed = slip[prefix === 'SIMPLE' ? 'SIMPLE-CHEVAL' : `${prefix}-ASSOCIE`] as number[];
      const total = mise['T031-FORMULE'] === 3;
      const runners = mise['T031-PARTANTS'] ?? 0;
      expect(bases.length).toBe(mise['T031-NB-BASES']);
      expect(listed.length).toBe(mise['T031-NB-ASSOCIES']);
      const horses = [...bases, ...listed];
      expect(new Set(horses).size).toBe(horses.length);
      expect(horses.every((horse) => horse >= 1 && horse <= runners)).toBe(true);
      const associates = total ? upTo(runners).filter((horse) => !bases.includes(horse)) : listed;
      const n = places[code] ?? Number(slip['MULTI-N']);
      const allOrders = slip[`${prefix}-TOUS-ORDRES`] === 1;
      const ways = played(n, bases, associates, allOrders).size;
      const cents = Math.round((mise['T031-MISE-UNITAIRE'] ?? 0) * 100);
      expect(Math.round(Number(value['T031-MISE-TOTALE']) * 100)).toBe(ways * cents);
      seen.add(`${code} ${mise['T031-FORMULE']}${allOrders ? ' orders' : ''}`);
    }
    for (const { code, bases } of betKinds) {
      for (const formula of bases === 0 ? [0, 1] : [0, 1, 2, 3]) expect(seen).toContain(`${code} ${formula}`);
    }
    for (const code of ['TI', 'QA', 'QI'])
      expect([...seen].some((text) => text.startsWith(code) && text.endsWith('orders'))).toBe(true);
  });

  test('of several bets on one ticket add up', () => {
    const tickets = lines.filter(({ type }) => type === 'T032');
    expect(tickets.length).toBeGreaterThan(50);
    for (const { value } of tickets) {
      const sum = (value['T032-PARI'] as Readonly<Record<string, unknown>>[]).reduce((all, bet) => {
        const n = [1, 1, 2, 2, 2, 3][Number(bet['T032-PARI-CODE'])] ?? 0;
        const horses = bet['T032-CHEVAL'] as number[];
        expect(new Set(horses).size).toBe(horses.length);
        return all + played(n, [], horses, false).size * Math.round(Number(bet['T032-MISE-UNITAIRE']) * 100);
      }, 0);
      expect(Math.round(Number(value['T032-MISE-TOTALE']) * 100)).toBe(sum);
    }
  });
});
