import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteText } from '../../../src/bytes/byte-text.ts';
import { prefixLength } from '../../../src/frames/capture-prefix.ts';
import type { Catalog } from '../../../src/frames/catalog/catalog.ts';
import { compileEvents } from '../../../src/frames/catalog/compile-events.ts';
import { createFrameReader } from '../../../src/frames/catalog/create-frame-reader.ts';
import type { CatalogEvent, EventBuilder, EventFrame } from '../../../src/frames/catalog/event-builder.ts';
import type { FrameReading } from '../../../src/frames/catalog/frame-reading.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { betEvent, cancelEvent, noticeEvent, paymentEvent, redemptionEvent } from '../../../src/frames/itc-events.ts';
import { eventJsonSchema, pairJsonSchema } from '../../../src/schema/index.ts';
import { SettingsError } from '../../../src/settings/settings-error.ts';
import { generateTraffic } from '../../../src/traffic/generate-traffic.ts';
import { compileSchema } from '../../schema/acceptance.ts';
import { itcFolder } from '../grow-catalog.ts';
import { catalogText, writeProtocol } from './protocol.ts';

/** The catalog of the small protocol with these parts replaced. */
function changed(...changes: readonly (readonly [string, string])[]): Catalog {
  let text = catalogText;
  for (const [part, instead] of changes) {
    expect(text).toContain(part);
    text = text.replace(part, instead);
  }
  return loadCatalog(writeProtocol(text));
}

const asks = "'Q1-DATA=Q1-DATA']";
const header = {
  'HDR-FLAGS': { 'HDR-PACKED': 0, 'HDR-AGAIN': 0 },
  'HDR-KEY': 7,
  'HDR-NUMBER': 3,
  'HDR-TIME': 1_700_000_000,
};
const question = {
  ...header,
  'HDR-TYPE': 'Q1',
  'HDR-WAY': 'Q',
  'Q1-NAME': 'ADA',
  'Q1-KIND': 'N',
  'Q1-NUMBER': 42,
  'Q1-COUNT': 0,
  'Q1-ITEM': [],
};
const answer = {
  ...header,
  'HDR-TYPE': 'R1',
  'HDR-WAY': 'R',
  'HDR-NUMBER': 9,
  'HDR-TIME': 1_700_000_001,
  'R1-STATUS': 0,
  'R1-TEXT': 'fine',
};
const notice = { ...header, 'HDR-TYPE': 'N1', 'HDR-WAY': 'A', 'N1-TEXT': 'closed' };

function frame(catalog: Catalog, value: Readonly<Record<string, unknown>>): FrameReading {
  const reader = createFrameReader(catalog);
  const type = catalog.typeNamed(String(value['HDR-TYPE']));
  const encoded = type === undefined ? null : reader.encode(type, value);
  expect(encoded?.issues).toEqual([]);
  return reader.read(encoded?.bytes ?? new Uint8Array(0));
}

function eventsOf(
  catalog: Catalog,
  request: object = question,
  response: object | null = answer,
): readonly CatalogEvent[] {
  const builder = compileEvents(catalog);
  return builder.build(
    frame(catalog, request as Record<string, unknown>),
    response === null ? null : frame(catalog, response as Record<string, unknown>),
  );
}

function problemsOf(catalog: Catalog): readonly string[] {
  try {
    compileEvents(catalog);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.map(({ code, message }) => `${code}: ${message}`);
  }
}

describe('an event', () => {
  test('has an id and the members of its mapping in their order, from both frames', () => {
    const catalog = changed([
      asks,
      `${asks}, events: [{ event: asked, fields: { who: Q1-NAME, status: response.R1-STATUS, at: request.HDR-TIME, answered: response.HDR-TIME, 'no': HDR-NUMBER } }]`,
    ]);
    const [event, ...others] = eventsOf(catalog);
    expect(others).toEqual([]);
    expect(event?.json).toBe(
      '{"id":"asked:request:7:3:1700000000000:0","who":"ADA","status":0,"at":1700000000000,"answered":1700000001000,"no":3}',
    );
    expect({ ...event?.value }).toEqual(JSON.parse(event?.json ?? ''));
    expect(Object.getPrototypeOf(event?.value)).toBe(null);
    expect(event).toMatchObject({ event: 'asked', key: '7', time: 1_700_000_000_000, id: event?.value['id'] });
  });

  test('has null for a view that is absent, and for what a short frame lacks', () => {
    const catalog = changed([
      asks,
      `${asks}, events: [{ event: e, fields: { n: Q1-NUMBER, d: Q1-DATA, c: Q1-COUNT, i: Q1-ITEM } }]`,
    ]);
    expect(eventsOf(catalog)[0]?.json).toBe('{"id":"e:request:7:3:1700000000000:0","n":42,"d":null,"c":0,"i":[]}');
    const text = {
      ...question,
      'Q1-KIND': 'T',
      'Q1-DATA': 'abc',
      'Q1-NUMBER': undefined,
      'Q1-COUNT': 2,
      'Q1-ITEM': ['x', 'yz'],
    };
    expect(eventsOf(catalog, text)[0]?.json).toContain('"n":null,"d":"abc","c":2,"i":["x","yz"]}');
    const request = frame(catalog, question);
    const short: EventFrame = { ...request, plain: request.plain.subarray(0, 34), reading: null };
    expect(compileEvents(catalog).build(short, frame(catalog, answer))[0]?.json).toContain(
      '"n":42,"d":null,"c":null,"i":null}',
    );
  });

  test('comes of a notice alone, and of a response where its type says so', () => {
    const catalog = changed(
      [
        'role: notice',
        'role: notice, events: [{ event: told, when: \'frame.N1_TEXT != ""\', fields: { text: N1-TEXT } }]',
      ],
      [
        'flag: HDR-PACKED } }',
        "flag: HDR-PACKED }, events: [{ event: answered, when: 'R1_STATUS == 0 && request.Q1_COUNT == 0', fields: { s: R1-STATUS, n: request.Q1-NAME } }] }",
      ],
    );
    expect(eventsOf(catalog, notice, null).map(({ json }) => json)).toEqual([
      '{"id":"told:notice:7:3:1700000000000:0","text":"closed"}',
    ]);
    expect(eventsOf(catalog).map(({ json }) => json)).toEqual([
      '{"id":"answered:request:7:3:1700000000000:0","s":0,"n":"ADA"}',
    ]);
  });

  test('does not come of half a pair, nor of frames whose types do not pair', () => {
    const catalog = changed([asks, `${asks}, events: [{ event: e, fields: { n: Q1-NAME } }]`]);
    const builder = compileEvents(catalog);
    const request = frame(catalog, question);
    expect(builder.build(request, null)).toEqual([]);
    expect(builder.build(request, frame(catalog, notice))).toEqual([]);
    expect(builder.build(frame(catalog, notice), request)).toEqual([]);
    expect(builder.build({ ...request, type: null }, frame(catalog, answer))).toEqual([]);
  });

  test('has all members that events of its name have, and an index that tells it from the others', () => {
    const catalog = changed([
      asks,
      `${asks}, events: [{ event: e, fields: { a: Q1-NAME } }, { event: f, when: 'Q1_COUNT == 1', fields: { c: Q1-NAME } }, { event: e, fields: { b: Q1-COUNT, a: Q1-KIND } }]`,
    ]);
    expect(eventsOf(catalog).map(({ json }) => json)).toEqual([
      '{"id":"e:request:7:3:1700000000000:0","a":"ADA","b":null}',
      '{"id":"e:request:7:3:1700000000000:2","b":0,"a":"N"}',
    ]);
    const builder = compileEvents(catalog);
    expect(builder.names).toEqual(['e', 'f']);
    expect(builder.forms[0]?.members.map(({ name, nullable }) => [name, nullable])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  test('keeps hostile names and keys as they are', () => {
    const catalog = changed([
      asks,
      `${asks}, events: [{ event: e, fields: { constructor: Q1-NAME, toString: Q1-KIND } }]`,
    ]);
    const builder = compileEvents(catalog);
    const request = { ...frame(catalog, question), key: '"__proto__\u001b' };
    const [event] = builder.build(request, frame(catalog, answer));
    const id = 'e:request:"__proto__\u001b:3:1700000000000:0';
    expect(JSON.parse(event?.json ?? '')).toEqual({ id, constructor: 'ADA', toString: 'N' });
    expect(event?.id).toBe(id);
    expect(event?.json).not.toContain('\u001b');
  });

  test('is refused with a member id, a group, an unknown field, or members of two kinds', () => {
    expect(
      problemsOf(changed([asks, `${asks}, events: [{ event: e, fields: { id: Q1-NAME, g: HDR-FLAGS, u: NOPE } }]`])),
    ).toEqual([
      'CATALOG_FIELD: every event has an id already',
      'CATALOG_FIELD: Q1.HDR-FLAGS is a group',
      'CATALOG_FIELD: Q1 has no field NOPE',
    ]);
    expect(
      problemsOf(
        changed(
          [asks, `${asks}, events: [{ event: e, fields: { a: Q1-NAME } }]`],
          ['role: notice', 'role: notice, events: [{ event: e, fields: { a: HDR-KEY } }]'],
        ),
      ),
    ).toEqual(['CATALOG_FIELD: a of e is not the same kind of value in all events: a number here, text before']);
  });
});

describe('events of the sample protocol', () => {
  const catalog = loadCatalog(join(itcFolder, 'catalog.yaml'));
  const reader = createFrameReader(catalog);
  const builder = compileEvents(catalog);
  const validators = {
    bets: betEvent,
    cancels: cancelEvent,
    payments: paymentEvent,
    redemptions: redemptionEvent,
    notices: noticeEvent,
  } as const;

  /** Pairs and notices of some traffic. */
  function conversations(seed: number, frames: number): readonly (readonly [FrameReading, FrameReading | null])[] {
    const found: (readonly [FrameReading, FrameReading | null])[] = [];
    const open = new Map<string, FrameReading>();
    for (const { capture } of generateTraffic(catalog, { seed, frames, clean: true })) {
      const view = new DataView(capture.buffer, capture.byteOffset, capture.byteLength);
      for (let at = 0; at < capture.length; ) {
        const end = at + prefixLength + view.getUint32(at);
        const read = reader.read(capture.slice(at + prefixLength, end));
        const partner = open.get(read.key ?? '');
        if (read.role === 'notice') found.push([read, null]);
        else if (read.role === 'request') open.set(read.key ?? '', read);
        else if (partner !== undefined) found.push([partner, read]);
        at = end;
      }
    }
    return found;
  }

  /** A field in a decoded record, wherever it is. */
  function fieldIn(name: string, value: unknown): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (Object.hasOwn(value, name)) return (value as Record<string, unknown>)[name];
    for (const member of Object.values(value)) {
      const found = fieldIn(name, member);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  test('are those of the catalog, done by hand', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        for (const [request, response] of conversations(seed, 300)) {
          const values = { request, response, own: request };
          const decoded = Object.fromEntries(
            Object.entries(values).map(([side, one]) => {
              const { type, reading } = one ?? {};
              return [side, type == null || reading == null ? null : type.codec().toValue(reading)];
            }),
          );
          const status = fieldIn(`${response?.type?.name}-STATUT`, decoded['response']);
          const expected = (request.type?.events ?? [])
            .filter(({ when }) => when.length === 0 || status === 0)
            .map(({ event, fields }) => {
              const members = Object.entries(fields).map(([member, field]) => {
                const [side = '', name = ''] = field.includes('.') ? field.split('.') : ['own', field];
                return [member, fieldIn(name, decoded[side]) ?? null];
              });
              return { event, ...Object.fromEntries(members) };
            });
          const events = builder.build(request, response);
          expect(
            events.map(({ event, value: { id: _, ...members } }) => ({ event, ...withoutNulls(members) })),
          ).toEqual(expected.map(withoutNulls));
          for (const { event, json, value } of events) {
            const parsed: unknown = JSON.parse(json);
            expect(parsed).toEqual({ ...value });
            validators[event as keyof typeof validators].parse(parsed);
          }
          expect(linesOf(builder, request, response)).toEqual(events.map(({ event, json }) => [event, json]));
          const plain = (one: FrameReading): EventFrame => ({ ...one, reading: null });
          const again = builder.build(plain(request), response === null ? null : plain(response));
          expect(again.map(({ json }) => json)).toEqual(events.map(({ json }) => json));
        }
      }),
      { numRuns: 4 },
    );
  });

  test('have the members that their types say', () => {
    expect(builder.names).toEqual(['bets', 'payments', 'cancels', 'redemptions', 'notices']);
    for (const { name, members } of builder.forms) {
      const validator = validators[name as keyof typeof validators];
      const least = { id: '', ...Object.fromEntries(members.map((one) => [one.name, one.nullable ? null : 1])) };
      expect(validator.safeParse(least).error).toBeUndefined();
      for (const one of members) {
        const { [one.name]: _, ...without } = least as Record<string, unknown>;
        expect(validator.safeParse(without).success).toBe(false);
      }
    }
  });

  test('come of pairs that fit the schema of pairs, and fit their own schemas', () => {
    const plain = (schema: object): object =>
      JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === 'format' ? undefined : value))) as object;
    const isPair = compileSchema(plain(pairJsonSchema('frames', catalog.types)));
    const isEvent = new Map(builder.forms.map((form) => [form.name, compileSchema(eventJsonSchema(form))]));
    const side = ({ type, sequence, time, reading }: FrameReading): object => {
      const value: unknown = type === null || reading === null ? null : JSON.parse(type.codec().toJson(reading));
      return { type: type?.name, sequence, time: new Date(time ?? 0).toISOString(), value };
    };
    for (const [request, response] of conversations(11, 400)) {
      if (response === null) continue;
      const latency = (response.time ?? 0) - (request.time ?? 0);
      const pair = { key: request.key, latency, request: side(request), response: side(response) };
      expect(isPair(pair) || isPair.errors).toBe(true);
      for (const { event, json } of builder.build(request, response)) {
        const validate = isEvent.get(event);
        expect(validate?.(JSON.parse(json)) || validate?.errors).toBe(true);
      }
    }
  });

  test('have different ids, and amounts with their decimals', () => {
    const events = conversations(7, 2000).flatMap(([request, response]) => builder.build(request, response));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['bets', 'payments', 'cancels', 'redemptions']));
    for (const { event, json } of events) {
      if (event === 'bets') expect(json).toMatch(/"stake":\d+\.\d\d[,}]/);
    }
  });
});

/** The lines that a builder writes, from frames that lie anywhere in other bytes, with their events. */
function linesOf(builder: EventBuilder, request: EventFrame, response: EventFrame | null): [string, string][] {
  const elsewhere = ({ plain, ...other }: EventFrame): EventFrame => {
    const bytes = Buffer.concat([Buffer.alloc(7, 0xff), plain, Buffer.alloc(3, 0xff)]);
    return { ...other, plain: bytes, from: 7, to: 7 + plain.length, reading: null };
  };
  const out = new ByteText();
  const lines: [string, string][] = [];
  const written = builder.write(elsewhere(request), response === null ? null : elsewhere(response), {
    line: () => out,
    end: (event) => {
      lines.push([builder.names[event] ?? '', Buffer.from(out.bytes).toString()]);
      out.clear();
    },
  });
  expect(written).toBe(lines.length);
  return lines;
}

function withoutNulls(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}
