import { Environment } from '@marcbachmann/cel-js';
import { Engine, type RuleProperties } from 'json-rules-engine';
import type { Bet, CampaignSet } from 'overpunch/rewards';

/** Asks every campaign about a bet and gives the number of those that it meets. */
export type Peer = (bet: Bet) => number | Promise<number>;

/** The campaigns as rules of json-rules-engine, all in one engine. */
export function jsonRules({ campaigns }: CampaignSet): Peer {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const { id, types, racecourses, stake, include, when } of campaigns) {
    const all: object[] = [];
    const oneOf = (fact: string, value: readonly string[] | null): void => {
      if (value !== null) all.push({ fact, operator: 'in', value });
    };
    oneOf('type', types);
    oneOf('racecourse', racecourses);
    oneOf('terminal', include === null ? null : [...include]);
    for (const need of when?.needs ?? []) {
      if ('oneOf' in need) all.push({ fact: need.field, operator: 'in', value: need.oneOf });
      else all.push({ fact: need.field, operator: 'greaterThanInclusive', value: need.from ?? 0 });
      if ('to' in need && need.to !== null)
        all.push({ fact: need.field, operator: 'lessThanInclusive', value: need.to });
    }
    if (stake !== null) {
      all.push({ fact: 'stake', operator: 'greaterThanInclusive', value: stake.from });
      all.push({ fact: 'stake', operator: 'lessThanInclusive', value: stake.to });
    }
    engine.addRule({ conditions: { all }, event: { type: id } } as RuleProperties);
  }
  return async (bet) => (await engine.run({ ...bet })).events.length;
}

/** The campaigns as CEL, one expression each, asked one after the other. */
export function plainCel({ campaigns }: CampaignSet): Peer {
  const environment = new Environment({
    unlistedVariablesAreDyn: true,
    limits: { maxListElements: 100_000, maxAstNodes: 200_000 },
  });
  const conditions = campaigns.map(({ types, racecourses, stake, include, when }) => {
    const lists: readonly (readonly [string, readonly string[] | null])[] = [
      ['type', types],
      ['racecourse', racecourses],
      ['terminal', include === null ? null : [...include]],
    ];
    const asked = lists.flatMap(([name, list]) => (list === null ? [] : [`bet.${name} in ${JSON.stringify(list)}`]));
    if (stake !== null) asked.unshift(`bet.stake >= ${stake.from ?? 0} && bet.stake <= ${stake.to ?? 0}`);
    if (when !== null) asked.push(`(${when.text})`);
    return environment.parse(asked.join(' && '));
  });
  return (bet) => {
    const context = { bet: { ...bet, stake: BigInt(bet.stake) } };
    let met = 0;
    for (const condition of conditions) if (condition(context) === true) met += 1;
    return met;
  };
}
