import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeCoupons, pointsOfSale, raceCalendar } from 'overpunch/traffic';
import { traffic } from './frame-cycle.ts';

const hour = 3_600_000;

const pipeline = `pipeline: latency
catalog: overpunch:itc
data: data

sources:
  - tcp: { listen: 127.0.0.1:0 }
    follow: false

topics:
  frames: { keep: false }

rewards:
  campaigns: campaigns.yaml
  coupons: coupons.jsonl
  races: races.jsonl
  pointsOfSale: points-of-sale.jsonl
  events: { redemptions: redemptions }
  sellingTerminal: { field: ticket, from: 0, length: 5 }
  horses: [bases, associates]
  wholeField: { formula: 3, horses: runners }
  formulas: { 0: unit, 1: combined, 2: reduced field, 3: full field }
  couponFrames:
    type: T040
    fields:
      ITC-VERSION: "'I1'"
      ITC-TERMINAL: terminal
      ITC-TRANSACTION: number
      ITC-SEQUENCE: number
      ITC-TIME: now
      T040-COUPON-NUMERO: coupon
      T040-TICKET: ticket
      T040-CAMPAGNE: campaign
      T040-VALEUR: value
      T040-VALIDITE: expiry
      T040-LIGNE: reason
`;

// One bet in ten is rewarded all the time, so that there is something to measure; a late decision would not be a reward, and so not measured.
const campaigns = `campaigns: latency
version: 1
timeZone: Europe/Paris
decideWithin: 10m
keep: 2d

list:
  - { id: tenth, title: Every tenth bet, every: 10, pool: loyalty, budget: 100000000000 }
  - { id: welcome, title: The first bet of the day, firstOfDay: true, pool: welcome, limits: { day: 500 } }
  - { id: big, title: Combined bets of ten euros and more, formulas: [combined, full field], stake: { from: 1000 },
      priority: 20, group: big, pool: welcome, limits: { race: 150 }, budget: 200000 }
  - { id: draw, title: Drawn by lot, types: [QI, QA], share: 20%, priority: 10, group: big, pool: welcome, budget: 100000 }
  - { id: west, title: In the west, regions: [BRE, NOR, PDL], every: 4, pool: welcome, limits: { total: 400 } }
  - { id: evenings, title: It only watches, when: 'bet.type in ["TI", "QA"] && (bet.stake >= 1000 || bet.horses > 6)',
      shadow: true, pool: loyalty, budget: 100000 }
`;

/** Write a pipeline and its tables: races of the day `date` (2026-03-01), and coupons for so many bets. Returns how many entries come before the first bet. */
export function writePipelineFolder(folder: string, date: string, bets: number): number {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pipeline.yaml'), pipeline);
  writeFileSync(join(folder, 'campaigns.yaml'), campaigns);
  const table = { ...traffic, duration: hour };
  // The frames say which race they are for; when it starts is put off, so that none has started when a bet on it comes.
  const start = new Date(Date.now() + 24 * hour).toISOString();
  const races = Array.from(raceCalendar(table), (race) => ({ ...race, date, start }));
  const coupons = madeCoupons([
    { pool: 'loyalty', count: Math.ceil(bets / 9) + 1000, value: 200 },
    { pool: 'welcome', count: 10_000, value: 100 },
  ]);
  let entries = 1; // the campaigns
  const write = (name: string, objects: Iterable<object>): void => {
    const lines = Array.from(objects, (object) => `${JSON.stringify(object)}\n`);
    entries += lines.length;
    writeFileSync(join(folder, name), lines.join(''));
  };
  write('races.jsonl', races);
  write('points-of-sale.jsonl', pointsOfSale(table));
  write('coupons.jsonl', coupons);
  return entries;
}
