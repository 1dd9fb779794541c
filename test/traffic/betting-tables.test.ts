import { describe, expect, test } from 'vitest';
import { compileEvents } from '../../src/frames/catalog/compile-events.ts';
import { createFrameReader } from '../../src/frames/catalog/create-frame-reader.ts';
import type { FrameReading } from '../../src/frames/catalog/frame-reading.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { madeCoupons, pointsOfSale, raceCalendar } from '../../src/traffic/betting-tables.ts';
import { generateTraffic } from '../../src/traffic/generate-traffic.ts';

const day = { seed: 4, terminals: 50, meetings: 2, duration: 900_000 };

describe('tables that go with generated traffic', () => {
  test('have every race that there is a bet on, before it starts, and every terminal', () => {
    const { duration, ...options } = day;
    const catalog = loadCatalog('copybooks/itc/catalog.yaml');
    const races = new Map(
      Array.from(raceCalendar(day), (one) => [`${one.date.replaceAll('-', '')} ${one.meeting} ${one.race}`, one]),
    );
    const terminals = new Set(Array.from(pointsOfSale(day), ({ terminal }) => terminal));
    const reader = createFrameReader(catalog);
    const builder = compileEvents(catalog);
    const requests = new Map<string, FrameReading>();
    let atMeetings = 0;
    let bets = 0;
    for (const { capture } of generateTraffic(catalog, { ...options, duration, rate: 2, clean: true })) {
      const bytes = Buffer.from(capture);
      for (let at = 0; at < bytes.length; ) {
        const end = at + 12 + bytes.readUInt32BE(at);
        const frame = reader.read(bytes.subarray(at + 12, end));
        at = end;
        if (frame.type?.name === 'T031') requests.set(frame.key ?? '', frame);
        const request = requests.get(frame.key ?? '');
        if (frame.type?.name !== 'R031' || request === undefined) continue;
        for (const { value } of builder.build(request, frame)) {
          const race = races.get(`${value['date']} ${value['meeting']} ${value['race']}`);
          expect(race).toBeDefined();
          expect(Date.parse(race?.start ?? '')).toBeGreaterThan(Number(value['time']) - 1);
          expect(terminals).toContain(String(value['terminal']));
          if (Number(race?.meeting) <= day.meetings) atMeetings++;
          bets++;
        }
      }
    }
    expect(bets).toBeGreaterThan(200);
    expect(atMeetings / bets).toBeGreaterThan(0.8); // some are for the evening
  });

  test('have coupons with numbers of their own, as many of each pool as were asked for, the same every time', () => {
    const pools = [
      { pool: 'a', count: 30, value: 100 },
      { pool: 'b', count: 5, value: 500, expiry: '2026-03-31T21:59:59Z' },
    ];
    const coupons = [...madeCoupons(pools, 3)];
    expect(new Set(coupons.map(({ coupon }) => coupon)).size).toBe(35);
    expect(coupons.filter(({ pool, value }) => pool === 'b' && value === 500)).toHaveLength(5);
    expect([...madeCoupons(pools, 3)]).toEqual(coupons);
  });
});
