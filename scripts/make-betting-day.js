/**
 * Make the input of examples/betting.yaml: an afternoon at two race meetings, with the rush before each race, frames that come twice, frames
 * that are lost, and noise; the races, the points of sale and the coupons that go with it. The same every time.
 *
 *     node scripts/make-betting-day.js [--frames N] [FOLDER]
 */
import { closeSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadCatalog } from '../dist/frames/index.js';
import { generateTraffic, madeCoupons, pointsOfSale, raceCalendar } from '../dist/traffic/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({ options: { frames: { type: 'string' } }, allowPositionals: true });
const frames = Number(values.frames ?? 150_000);
const folder = positionals[0] ?? join(root, 'examples', 'betting');

const day = { seed: 20260301, terminals: 4000, meetings: 2 };
const duration = 32 * 60_000; // milliseconds: five races, each with its rush
const coupons = [
  { pool: 'loyalty', count: 4000, value: 200, expiry: '2026-05-31T21:59:59Z' },
  { pool: 'welcome', count: 3000, value: 100, expiry: '2026-03-31T21:59:59Z' },
  { pool: 'quinte', count: 1000, value: 500, expiry: '2026-03-31T21:59:59Z' },
];

mkdirSync(folder, { recursive: true });
writeLines('races.jsonl', raceCalendar({ ...day, duration }));
writeLines('points-of-sale.jsonl', pointsOfSale({ ...day, duration }));
writeLines('coupons.jsonl', madeCoupons(coupons, day.seed));

const capture = join(folder, 'day.cap');
const file = openSync(`${capture}.part`, 'w');
const catalog = loadCatalog(join(root, 'copybooks', 'itc', 'catalog.yaml'));
const rate = frames / (duration / 1000);
for (const block of generateTraffic(catalog, { ...day, frames, rate })) writeSync(file, block.capture);
closeSync(file);
renameSync(`${capture}.part`, capture);

function writeLines(name, objects) {
  const lines = Array.from(objects, (object) => `${JSON.stringify(object)}\n`);
  writeFileSync(join(folder, name), lines.join(''));
}
