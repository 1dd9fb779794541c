import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryOfEvent } from '../../../src/pipeline/rewards/entry-of-event.ts';
import { type BetMapping, EventMembers } from '../../../src/pipeline/rewards/event-members.ts';
import { EventReader } from '../../../src/pipeline/rewards/event-reader.ts';

const mapping: BetMapping = {
  sellingTerminal: { field: 'ticket', from: 0, length: 5 },
  horses: ['bases', 'associates'],
  wholeField: { formula: '3', horses: 'runners' },
  formulas: { 0: 'unit', 3: 'full field' },
};
const events = { bets: 'bets', cancels: 'cancels', redemptions: 'redemptions' };

/** What a record comes to: its entry, or what is wrong with it. */
function outcome(event: () => EventMembers): unknown {
  try {
    const members = event();
    return entryOfEvent(members, events, mapping, members.captured, 5);
  } catch (error) {
    return (error as Error).message;
  }
}

function parsed(record: string): unknown {
  return outcome(() => {
    const [captured, event] = JSON.parse(record);
    return Object.assign(new EventMembers(mapping).take(event), { captured });
  });
}

const reader = new EventReader(new EventMembers(mapping)); // what it learns of one line must not be wrong for the next one
const read = (record: string): unknown => outcome(() => reader.readCaptured(Buffer.from(record)));

const text = fc.oneof(
  fc.stringMatching(/^[0-9]{0,14}$/),
  fc.constantFrom('SG', 'QI', 'B', 'TRIO', '2026-03-01T12:00:00Z', 'x'.repeat(300)),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
);
const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,16})(\.[0-9]{1,17})?(e[0-9])?$/);
const value = fc.oneof(
  text.map((one) => JSON.stringify(one)),
  digits,
  fc.constantFrom('null', 'true', '[1,"a"]', '{"bet":1}', '20260301', '1772368200001', '1.50', '0', '-0'),
);
const name = fc.oneof(
  fc.constantFrom('bet', 'ticket', 'time', 'type', 'formula', 'stake', 'date', 'meeting', 'race', 'bases', 'runners'),
  fc.constantFrom('associates', 'coupon', 'value', 'terminal', 'region', 'spot', 'id', '__proto__', 'constructor'),
  fc.string(),
);
const id = fc.oneof(
  fc.constantFrom('bets', 'cancels', 'redemptions', 'others').map((event) => `${event}:request:9070814337:81444::0`),
  fc.string(),
  fc.constant(`bets:${'1'.repeat(200)}`),
);
const record = fc
  .tuple(fc.oneof(fc.constant('null'), digits), id, fc.array(fc.tuple(name, value), { maxLength: 16 }))
  .map(([captured, its, members]) => {
    const rest = members.map(([member, one]) => `,${JSON.stringify(member)}:${one}`).join('');
    return `[${captured},{"id":${JSON.stringify(its)}${rest}}]`;
  });

/** A bet as the flow writes it, some members of which are others. */
const bet = fc
  .dictionary(fc.constantFrom('bet', 'ticket', 'time', 'type', 'formula', 'date', 'stake', 'bases'), value)
  .map((others) => {
    const usual = { bet: '"90708060001033"', ticket: '"90708060001033"', terminal: '90708', time: '1772368200001' };
    const more = {
      type: '"SG"',
      formula: '3',
      date: '20260301',
      meeting: '1',
      race: '5',
      stake: '1.50',
      runners: '13',
    };
    const members = Object.entries({ ...usual, ...more, bases: '0', associates: '4', ...others });
    return `[1772368200000,{"id":"bets:request:1:2:3:0"${members.map(([one, its]) => `,"${one}":${its}`).join('')}}]`;
  });

describe('a reader of events', () => {
  test('finds in a record what JSON.parse does', () => {
    const property = fc.property(fc.oneof(bet, record), (one) => {
      expect(read(one)).toEqual(parsed(one));
    });
    fc.assert(property, { numRuns: 600 });
  });

  test('reads the bets, cancellations and redemptions of a flow', () => {
    const head = '[1772368200000,{"id":"bets:request:9070814337:81444:1772368200001:0"';
    const line = `${head},"bet":"907080","ticket":"907081","time":17,"type":"SG","formula":0,"stake":1.50,"bases":2}]`;
    expect(read(line)).toEqual({
      kind: 'bet',
      now: 5,
      captured: 1772368200000,
      bet: expect.objectContaining({ bet: '907080', ticket: '907081', terminal: '90708', type: 'SG', stake: 150 }),
    });
    const cancel = '[null,{"id":"cancels:request:1:2:3:0","bet":"907080","ticket":"907080","time":18,"amount":-1.50}]';
    expect(read(cancel)).toEqual({
      kind: 'cancel',
      now: 5,
      cancel: { bet: '907080', ticket: '907080', terminal: '90708', time: 18 },
    });
    const redemption = '[null,{"id":"redemptions:request:1:2:3:0","coupon":"C1","value":2.00}]';
    expect(read(redemption)).toEqual({
      kind: 'coupon',
      now: 5,
      update: { coupon: 'C1', pool: '', value: 200, expiry: null, status: 'redeemed' },
    });
  });

  test('takes nothing of a record that was there before for what is cut off', () => {
    const whole = '[7,{"id":"bets:request:1:2:3:0","bet":"907080","ticket":"907080","time":17,"stake":1.50}]';
    read(whole);
    for (let end = 1; end < whole.length; end++) expect(typeof read(whole.slice(0, end))).toBe('string');
  });
});
