import { Environment, EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bet } from '../../src/rewards/bet.ts';
import { type CheckedCondition, compileBetCondition } from '../../src/rewards/compile-bet-condition.ts';
import { localCalendar } from '../../src/rewards/local-calendar.ts';
import type { SettingsProblem } from '../../src/settings/settings-error.ts';
import { madeBet } from './made-campaigns.ts';

const zone = 'Europe/Paris';

function compiled(text: string): CheckedCondition | SettingsProblem {
  const lineText = `    when: ${text}`;
  return compileBetCondition(text, { file: 'c.yaml', line: 7, column: 11, lineText }, zone);
}

function condition(text: string): CheckedCondition {
  const found = compiled(text);
  if ('holds' in found) return found;
  throw new Error(`${found.position.column}: ${found.message}`);
}

function mistake(text: string): string {
  const found = compiled(text);
  if ('holds' in found) throw new Error(`${text} is right`);
  const { position, code, message, expected = '', hint = '' } = found;
  return `${code} ${position.line}:${position.column - 10} ${message}; ${expected}; ${hint}`;
}

const words = ['bet', 'terminal', 'type', 'region', 'day'].map((name) => [name, 'string']);
const numbers = ['stake', 'horses', 'meeting', 'race', 'weekday', 'hour', 'minute'].map((name) => [name, 'int']);
const schema = Object.fromEntries([...words, ...numbers]);
const environment = new Environment().registerVariable('bet', { schema });

/** What cel-js itself says of a bet, whose fields without a value are not there. */
function saidByCel(parsed: ParseResult, bet: Bet): boolean {
  const calendar = localCalendar(zone);
  const minute = calendar.minuteAt(bet.time);
  const fields = {
    ...bet,
    day: calendar.dateAt(bet.time),
    weekday: calendar.weekdayAt(bet.time),
    hour: Math.floor(minute / 60),
    minute: minute % 60,
  };
  const given = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, typeof value === 'number' ? BigInt(value) : value]);
  try {
    return parsed({ bet: Object.fromEntries(given) }) === true;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}

const types = ['QI', 'TI', 'SG', ''];
const bets: fc.Arbitrary<Bet> = fc
  .record({
    terminal: fc.constantFrom('13001', '13002', '99'),
    time: fc.integer({ min: Date.UTC(2024, 2, 30), max: Date.UTC(2024, 3, 2) }),
    type: fc.constantFrom(...types, null),
    stake: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.maxSafeNat()),
    horses: fc.option(fc.integer({ min: 0, max: 5 })),
    race: fc.option(fc.integer({ min: 1, max: 9 })),
    meeting: fc.option(fc.integer({ min: 1, max: 3 })),
    region: fc.option(fc.constantFrom('Bretagne', 'Corse', 'É\u{1F40E}')),
  })
  .map((members) => madeBet('b1', members));

const { holds } = fc.letrec<{ whole: string; text: string; holds: string }>((tie) => ({
  whole: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('bet.stake', 'bet.horses', 'bet.race', 'bet.meeting', 'bet.weekday', 'bet.hour', 'bet.minute'),
    fc.integer({ min: -3, max: 12 }).map((value) => (value < 0 ? `(${value})` : String(value))),
    fc.constantFrom('9007199254740991', '9007199254740993', '9223372036854775807'),
    fc
      .tuple(tie('whole'), fc.constantFrom('+', '-', '*', '/', '%'), tie('whole'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('whole').map((value) => `-(${value})`),
    tie('text').map((value) => `size(${value})`),
  ),
  text: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('bet.type', 'bet.terminal', 'bet.region', 'bet.bet', 'bet.day'),
    fc.constantFrom(...types, '13001', 'Corse', '1', 'É\u{1F40E}').map((value) => JSON.stringify(value)),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
  ),
  holds: fc.oneof(
    { depthSize: 'medium' },
    fc
      .tuple(tie('whole'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('whole'))
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc
      .tuple(
        fc.constantFrom('bet.stake', 'bet.race'),
        fc.constantFrom('<', '<=', '>', '>='),
        fc.constantFrom('2.5', '4.0', '-1.5'),
      )
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc
      .tuple(tie('text'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('text'))
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc
      .tuple(tie('whole'), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }))
      .map(([a, list]) => `${a} in [${list.join(', ')}]`),
    fc
      .tuple(tie('text'), fc.array(fc.constantFrom(...types, '13001', 'Corse'), { minLength: 1, maxLength: 4 }))
      .map(([a, list]) => `${a} in ${JSON.stringify(list)}`),
    fc
      .tuple(tie('text'), fc.constantFrom('startsWith', 'endsWith', 'contains'), tie('text'))
      .map(([a, name, b]) => `${a}.${name}(${b})`),
    fc.constantFrom('type', 'region', 'horses', 'stake').map((name) => `has(bet.${name})`),
    fc.constantFrom('true', 'false', 'size(bet.type) in [bet.race, 2]', '[1, 2, 3].exists(x, x == bet.race)'),
    tie('holds').map((value) => `!(${value})`),
    fc.tuple(tie('holds'), fc.constantFrom('&&', '||'), tie('holds')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie('holds'), tie('holds'), tie('holds')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
})) as unknown as { holds: fc.Arbitrary<string> };

describe('a condition of a campaign', () => {
  test('holds for the bets for which cel-js says so, and says what it needs of them', () => {
    let [held, refused] = [0, 0];
    fc.assert(
      fc.property(holds, fc.array(bets, { minLength: 1, maxLength: 12 }), (text, some) => {
        const found = compiled(text);
        if (!('holds' in found)) {
          expect(found.message).toMatch(/holds for no bet|is never|characters|[Ee]xceeded|can only fail/);
          refused += 1;
        }
        const parsed = environment.parse(text);
        for (const bet of some) {
          const said = saidByCel(parsed, bet);
          if (!('holds' in found)) {
            if (/no bet/.test(found.message)) expect(said, text).toBe(false);
            continue;
          }
          expect(found.holds(bet), text).toBe(said);
          if (!said) continue;
          held += 1;
          for (const need of found.needs) expect(isMet(need, bet), `${text} needs ${JSON.stringify(need)}`).toBe(true);
          const { clock } = found;
          const calendar = localCalendar(zone);
          expect(clock.days?.includes(calendar.dateAt(bet.time)) ?? true, text).toBe(true);
          expect(clock.weekdays?.includes(calendar.weekdayAt(bet.time)) ?? true, text).toBe(true);
          expect(clock.hours?.includes(Math.floor(calendar.minuteAt(bet.time) / 60)) ?? true, text).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
    expect(held).toBeGreaterThan(100);
    expect(refused).toBeLessThan(100);
  });

  test('is exact where doubles are not', () => {
    const bet = madeBet('b', { stake: Number.MAX_SAFE_INTEGER, race: 2, meeting: 0 });
    expect(condition('bet.stake + bet.race == 9007199254740993').holds(bet)).toBe(true);
    expect(condition('bet.stake + bet.race == 9007199254740992').holds(bet)).toBe(false);
    expect(condition('bet.stake * bet.stake * bet.stake > 0').holds(bet)).toBe(false); // beyond 64 bits: not to be said
    expect(condition('bet.stake / bet.meeting == 1 || bet.race == 2').holds(bet)).toBe(true);
  });

  test('does not hold when it asks for a value that is not there, unless the rest decides', () => {
    const bet = madeBet('b', { region: null, type: 'QI' });
    const said = (text: string): boolean => condition(text).holds(bet);
    expect(['bet.region == "Corse"', 'bet.region != "Corse"', '!(bet.region == "Corse")'].map(said)).toEqual([
      false,
      false,
      false,
    ]);
    expect(['bet.region == "Corse" || bet.type == "QI"', '!has(bet.region)'].map(said)).toEqual([true, true]);
  });

  test.each([
    [
      'bet.type == "QI" && bet.stake >= 500',
      [
        { field: 'stake', from: 500, to: null },
        { field: 'type', oneOf: ['QI'] },
      ],
    ],
    ['bet.type == "QI" || bet.type in ["TI", "SG"]', [{ field: 'type', oneOf: ['QI', 'TI', 'SG'] }]],
    ['bet.type == "QI" || bet.stake > 500', []],
    ['!(bet.stake < 200 || bet.stake > 400)', [{ field: 'stake', from: 200, to: 400 }]],
    ['200 < bet.stake && bet.stake < 400.5', [{ field: 'stake', from: 201, to: 400 }]],
    ['bet.race >= 3 && bet.race < 6', [{ field: 'race', oneOf: [3, 4, 5] }]],
    ['bet.race >= 3', []],
    ['bet.stake > 300 ? bet.race == 1 : bet.race == 2', [{ field: 'race', oneOf: [1, 2] }]],
    ['bet.terminal == "13001" && bet.terminal.startsWith("13")', [{ field: 'terminal', oneOf: ['13001'] }]],
    ['bet.stake in [200, 300]', [{ field: 'stake', from: 200, to: 300 }]],
  ])('%s needs', (text, needs) => {
    expect(condition(text).needs).toEqual(needs);
  });

  test.each([
    ['bet.stak > 5', '1:1 a bet has no field stak; one of bet.bet, bet.ticket,', 'did you mean bet.stake?'],
    ['stake > 5', '1:1 there is no stake', 'write bet.stake'],
    ['bet.stake > 5 && bet.typ == "QI"', '1:18 a bet has no field typ', 'did you mean bet.type?'],
    ['bet.stake = 500', '1:11 a condition compares with ==, not with =', 'write bet.stake == 500'],
    [
      'bet.stake == "500"',
      'there is no int == string; what its fields allow: bet.stake is int',
      'text stands in quotation marks',
    ],
    ['bet.type == 5', 'there is no string == int', ''],
    ['bet.stake', '1:1 the condition is int, neither true nor false', ''],
    ['bet.stake > 5 &&', '1:17', ''],
    ['', '1:1 the condition is empty', ''],
    ['bet.type.matches("Q.*")', '1:1 matches is not available', 'startsWith'],
    [
      'timestamp("2024-03-31T00:00:00Z") < timestamp("2024-04-01T00:00:00Z")',
      '1:1 timestamp is not available',
      'bet.day',
    ],
    ['bytes(bet.type).json() == {}', 'is not available', ''],
    ['bet.time > 5', '1:1 a bet has no field time', 'bet.day, bet.weekday'],
    ['bet == bet', '1:1 bet is a whole bet', ''],
    ['bet.stake.cents > 5', '1:1 bet.stake has no fields', ''],
    ['bet.date == "31/03/2024"', "1:1 bet.date is never '31/03/2024'; a date such as '2024-03-31'", ''],
    ['bet.stake > 5 && bet.stake < 3', '1:1 the condition holds for no bet', 'exclude each other'],
    ['bet.type == "QI" && bet.type == "TI"', '1:1 the condition holds for no bet', ''],
    ['bet.weekday == 8', '1:1 the condition holds for no bet', ''],
    ['bet.stake < 0', '1:1 the condition holds for no bet', ''],
  ])('that is %j is a mistake', (text, message, hint) => {
    const found = mistake(text);
    expect(found).toContain('CAMPAIGN_CONDITION 7:');
    expect(found).toContain(message.replace(/^1:/, '7:'));
    expect(found).toContain(hint);
  });

  test('has at most 1000 characters and 300 parts', () => {
    expect(mistake(`bet.stake > ${'1 + '.repeat(300)}1`)).toContain('the condition has 1213 characters; at most 1000');
    expect(mistake(`bet.stake>${'1+'.repeat(300)}1`)).toContain('maxAstNodes');
    expect(mistake(`${'('.repeat(200)}true${')'.repeat(200)}`)).toContain('maxDepth');
  });

  test('is bounded, and whatever it is there is a problem or an answer', () => {
    const bet = madeBet('b');
    const pieces = [
      'bet.',
      'stake',
      'type',
      '(',
      ')',
      '[',
      ']',
      '&&',
      '||',
      '!',
      '==',
      '<',
      '"',
      "'",
      '.',
      '1',
      '9'.repeat(30),
    ];
    pieces.push(
      'has(',
      'size(',
      '?',
      ':',
      '{',
      '}',
      ',',
      '\u0000',
      '\u{1F40E}',
      '__proto__',
      '.all(x, ',
      ' in ',
      '/',
      '0',
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (some) => {
        const found = compiled(some.join(''));
        if ('holds' in found) expect(typeof found.holds(bet)).toBe('boolean');
        else expect(found.message).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});

function isMet(need: CheckedCondition['needs'][number], bet: Bet): boolean {
  const value = bet[need.field];
  if (value === null) return false;
  if ('oneOf' in need) return need.oneOf.includes(value);
  return (
    Number(value) >= (need.from ?? Number.NEGATIVE_INFINITY) && Number(value) <= (need.to ?? Number.POSITIVE_INFINITY)
  );
}
