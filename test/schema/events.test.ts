import avsc from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText } from '../../src/codec/decimal.ts';
import type { FieldForm } from '../../src/codec/field-form.ts';
import type { MemberForm, ObjectForm } from '../../src/codec/object-form.ts';
import { uniteForms } from '../../src/codec/unite-forms.ts';
import {
  assertCompatible,
  eventAvroSchema,
  eventJsonSchema,
  eventValidator,
  type JsonSchema,
  jsonSchema,
  pairJsonSchema,
  schemaChanges,
} from '../../src/schema/index.ts';
import { codecOf, hex } from '../codec/codec-of.ts';
import { compileSchema } from './acceptance.ts';

const text = (maximumLength: number): FieldForm => ({ kind: 'text', digits: null, maximumLength });
const number = (digits: number, scale = 0): FieldForm => {
  const high = 10n ** BigInt(digits) - 1n;
  const given = digits > 15 ? 'string' : 'number';
  return {
    kind: 'number',
    given,
    float: false,
    scale,
    moreDecimals: false,
    range: { low: -high, high },
    checked: false,
  };
};
const member = (name: string, form: FieldForm, nullable = false, depth = 0): MemberForm => {
  return { name, form, nullable, depth, title: name };
};
const bets: ObjectForm = {
  name: 'bets',
  members: [
    member('ticket', text(4)),
    member('stake', number(5, 2), true),
    member('horses', number(2), false, 1),
    member('long', number(18, 2)),
  ],
};
const event = { id: 'x', ticket: 'abcd', stake: 12.5, horses: [1, 2], long: '1234567890123456.78' };

describe('the schemas of events', () => {
  it('accept an event, and refuse what is not one', () => {
    const validate = compileSchema(eventJsonSchema(bets));
    const zod = eventValidator(bets);
    const { stake: _, ...without } = event;
    for (const [value, good] of [
      [event, true],
      [{ ...event, stake: null }, true],
      [without, true],
      [{ ...event, stake: 1000 }, false],
      [{ ...event, stake: '1' }, false],
      [{ ...event, ticket: 'abcde' }, false],
      [{ ...event, ticket: null }, false],
      [{ ...event, horses: [1.5] }, false],
      [{ ...event, horses: null }, false],
      [{ ...event, long: '1.2' }, false],
      [{ ...event, id: 1 }, false],
      [{ ...event, other: 1 }, false],
    ] as const) {
      expect([value, validate(value)]).toEqual([value, good]);
      expect([value, zod.safeParse(value).success]).toEqual([value, good]);
    }
  });

  it('are valid for Avro, with the decimals of the fields', () => {
    const schema = eventAvroSchema({ name: 'my-bets', members: [...bets.members, member('a-b', text(1), true, 2)] });
    expect(schema).toMatchObject({
      name: 'my_bets',
      fields: [
        { name: 'id', type: 'string' },
        { name: 'ticket', type: 'string' },
        {
          name: 'stake',
          type: ['null', { type: 'bytes', logicalType: 'decimal', precision: 5, scale: 2 }],
          default: null,
        },
        { name: 'horses', type: { type: 'array', items: 'int' } },
        { name: 'long', type: { logicalType: 'decimal', precision: 18, scale: 2 } },
        {
          name: 'a_b',
          type: ['null', { type: 'array', items: ['null', { type: 'array', items: ['null', 'string'] }] }],
        },
      ],
    });
    expect(() => avsc.Type.forSchema(schema as never)).not.toThrow();
  });

  it('hold the values of both fields when they are united', () => {
    const forms = fc.oneof(
      fc.integer({ min: 1, max: 30 }).map(text),
      fc
        .tuple(fc.integer({ min: 1, max: 18 }), fc.integer({ min: -2, max: 6 }))
        .map(([digits, scale]) => number(digits, scale)),
    );
    fc.assert(
      fc.property(forms, forms, fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (one, other, any) => {
        const united = uniteForms(one, other);
        expect(united === null).toBe(
          one.kind !== other.kind || (one.kind === 'number' && other.kind === 'number' && one.given !== other.given),
        );
        if (united === null || united.kind !== 'number') return;
        expect(uniteForms(other, one)).toEqual(united);
        for (const form of [one, other]) {
          if (form.kind !== 'number' || form.range === null || united.range === null) continue;
          const value = any % (form.range.high + 1n);
          const scaled = value * 10n ** BigInt(united.scale - form.scale);
          expect(scaled >= united.range.low && scaled <= united.range.high).toBe(true);
        }
      }),
    );
  });
});

describe('a change of a schema', () => {
  const changes = (now: readonly MemberForm[], old = bets.members): readonly string[] =>
    schemaChanges(eventJsonSchema({ ...bets, members: old }), eventJsonSchema({ ...bets, members: now })).map(
      ({ path, breaking, message }) => `${breaking ? 'breaking' : 'fine'} ${path} ${message}`,
    );
  const replaced = (name: string, instead: MemberForm): readonly MemberForm[] =>
    bets.members.map((one) => (one.name === name ? instead : one));

  it('is none when nothing changed, whatever the order', () => {
    expect(changes([...bets.members].reverse())).toEqual([]);
  });

  it('breaks when a member goes, changes its type, or is required for the first time', () => {
    expect(changes(bets.members.slice(1))).toEqual(['breaking ticket is gone']);
    expect(changes(replaced('ticket', member('ticket', number(4))))).toContain(
      'breaking ticket was string and is integer',
    );
    expect(changes(replaced('horses', member('horses', number(2))))).toEqual([
      'breaking horses was array and is integer',
    ]);
    expect(changes(replaced('horses', member('horses', number(4, 2), false, 1)))).toContain(
      'breaking horses[] was integer and is number',
    );
    expect(changes([...bets.members, member('more', text(1))])).toEqual(['breaking more is new and required']);
  });

  it('breaks when null comes or goes', () => {
    expect(changes(replaced('ticket', member('ticket', text(4), true)))).toEqual([
      'breaking ticket was always there and may be missing',
      'breaking ticket may be null now',
    ]);
    expect(changes(replaced('stake', member('stake', number(5, 2))))).toEqual([
      'breaking stake might be missing and is required',
      'breaking stake might be null and may not now',
    ]);
  });

  it('breaks when limits are narrower, not when they are wider', () => {
    expect(changes(replaced('ticket', member('ticket', text(3))))).toEqual([
      'breaking ticket maxLength was 4 and is 3',
    ]);
    expect(changes(replaced('ticket', member('ticket', text(5))))).toEqual(['fine ticket maxLength was 4 and is 5']);
    expect(changes([...bets.members, member('more', text(1), true)])).toEqual(['fine more is new']);
  });

  it('that breaks nothing lets in what was written before', () => {
    const forms = fc.constantFrom(text(1), text(3), number(2), number(4), number(4, 2), number(17, 1));
    const some = fc.uniqueArray(
      fc.record({ name: fc.constantFrom('a', 'b', 'c'), form: forms, nullable: fc.boolean(), depth: fc.nat(1) }),
      {
        selector: ({ name }) => name,
      },
    );
    const written = ({ form, nullable, depth }: Omit<MemberForm, 'title'>): unknown => {
      if (nullable) return null;
      const value = form.kind === 'text' ? 'x'.repeat(form.maximumLength) : highest(form);
      return depth === 0 ? value : [value];
    };
    fc.assert(
      fc.property(some, some, (before, now) => {
        const [old, next] = [before, now].map((members): ObjectForm => {
          return { name: 'e', members: members.map((one) => ({ ...one, title: '' })) };
        });
        if (old === undefined || next === undefined) return;
        const value = { id: '', ...Object.fromEntries(before.map((one) => [one.name, written(one)])) };
        expect(eventValidator(old).safeParse(value).success).toBe(true);
        const found = schemaChanges(eventJsonSchema(old), eventJsonSchema(next));
        if (found.every(({ breaking }) => !breaking)) expect(eventValidator(next).safeParse(value).success).toBe(true);
        expect(schemaChanges(eventJsonSchema(old), eventJsonSchema(old))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused with every member that breaks', () => {
    const now = eventJsonSchema({ ...bets, members: bets.members.slice(2) });
    expect(() => assertCompatible('bets', eventJsonSchema(bets), now)).toThrow(
      /bets would break its schema: ticket: is gone; stake: is gone/,
    );
    expect(() => assertCompatible('bets', now, now)).not.toThrow();
  });

  it('is found in the frames of pairs, type by type', () => {
    const type = (name: string, role: 'request' | 'response', copybook: string) => ({
      name,
      role,
      codec: () => codecOf(copybook),
    });
    const answer = type('R1', 'response', '01 R. 05 B PIC 9.');
    const schemaOf = (copybook: string, ...more: ReturnType<typeof type>[]): JsonSchema =>
      pairJsonSchema('frames', [type('Q1', 'request', copybook), answer, ...more]);
    const old = schemaOf('01 R. 05 A PIC X(3). 05 G. 10 N PIC 9(3).');
    const found = (now: JsonSchema): readonly string[] =>
      schemaChanges(old, now).map(({ path, breaking, message }) => `${breaking} ${path} ${message}`);
    expect(found(old)).toEqual([]);
    expect(found(schemaOf('01 R. 05 A PIC X(3). 05 G. 10 M PIC 9(3).'))).toEqual([
      'true request(Q1).value.G.N is gone',
      'true request(Q1).value.G.M is new and required',
    ]);
    expect(found(schemaOf('01 R. 05 A PIC X(4). 05 G. 10 N PIC 9(3).'))).toEqual([
      'false request(Q1).value.A maxLength was 3 and is 4',
    ]);
    expect(found(pairJsonSchema('frames', [answer]))).toEqual(['true request(Q1) is gone']);
    expect(
      found(schemaOf('01 R. 05 A PIC X(3). 05 G. 10 N PIC 9(3).', type('Q2', 'request', '01 R. 05 A PIC X.'))),
    ).toEqual(['false request(Q2) is new']);
    const codec = codecOf('01 R. 05 A PIC X(3). 05 G. 10 N PIC 9(3).');
    const side = {
      type: 'Q1',
      sequence: 1,
      time: '2026-03-01T12:30:00.000Z',
      value: codec.decode(hex('C1C2C3F0F0F1')).value,
    };
    const validate = compileSchema(withoutFormats(old));
    expect(validate({ key: 'k', latency: 3, request: side, response: { ...side, type: 'R1', value: { B: 1 } } })).toBe(
      true,
    );
    expect(validate({ key: 'k', latency: 3, request: { ...side, type: 'R1' }, response: side })).toBe(false);
  });

  it('is found in records that one rule or another reads', () => {
    const copybook = '01 R. 05 A PIC X(3). 05 B REDEFINES A PIC 9(3).';
    expect(schemaChanges(jsonSchema([codecOf(copybook)]), jsonSchema([codecOf(copybook)]))).toEqual([]);
  });
});

/** The largest number of a form, as events have it. */
function highest(form: FieldForm): number | string {
  if (form.kind !== 'number' || form.range === null) return 0;
  const exact = decimalText(false, String(form.range.high), form.scale);
  return form.given === 'string' ? exact : Number(exact);
}

/** Without the formats, which validators know by plugins. */
function withoutFormats(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (key === 'format' ? undefined : value)),
  ) as JsonSchema;
}
