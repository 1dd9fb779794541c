import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from '../../../src/frames/catalog/catalog.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { frameCheckOf } from '../../../src/frames/header/frame-check-of.ts';
import type { PipelineSummary } from '../../../src/pipeline/pipeline-summary.ts';
import type { Refusal } from '../../../src/pipeline/rewards/refusals.ts';
import type { RewardsSettings } from '../../../src/pipeline/rewards/rewards-settings.ts';
import { runPipeline } from '../../../src/pipeline.ts';
import type { OutputOptions } from '../../../src/runtime/embedded/committed-outputs.ts';
import type { DataDirectory } from '../../../src/runtime/embedded/data-directory.ts';
import { captureFile } from '../../../src/sources/capture-file.ts';
import { madeCoupons, pointsOfSale, raceCalendar } from '../../../src/traffic/betting-tables.ts';
import { generateTraffic } from '../../../src/traffic/generate-traffic.ts';

/** What a run is made of: files in a folder. */
export const files = {
  capture: 'day.cap',
  campaigns: 'campaigns.yaml',
  coupons: 'coupons.jsonl',
  races: 'races.jsonl',
  pointsOfSale: 'points-of-sale.jsonl',
} as const;

const day = { seed: 11, terminals: 60, meetings: 2, duration: 600_000 };

/** Write what a run is made of: a short afternoon with everything that goes wrong. */
export function writeBetting(folder: string, catalog: Catalog, campaigns: string, frames = 3000): void {
  const write = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
  const lines = (objects: Iterable<object>): string =>
    Array.from(objects, (one) => `${JSON.stringify(one)}\n`).join('');
  const { duration: _, ...traffic } = day;
  const faults = { duplicates: 0.02, late: 0.01, missing: 0.01, orphans: 0.01, noise: 0.01, malformed: 0.01 };
  const blocks = generateTraffic(catalog, { ...traffic, ...faults, frames, rate: frames / 600 });
  write(files.capture, Buffer.concat(Array.from(blocks, ({ capture }) => Uint8Array.from(capture))));
  write(files.campaigns, campaigns);
  write(files.races, lines(raceCalendar(day)));
  write(files.pointsOfSale, lines(pointsOfSale(day)));
  const pools = [
    { pool: 'large', count: 900, value: 200 },
    { pool: 'small', count: 200, value: 30 },
  ];
  write(files.coupons, lines(madeCoupons(pools)));
}

/** Settings of the rewards of a folder. */
export function settingsOf(folder: string): RewardsSettings {
  return {
    campaigns: join(folder, files.campaigns),
    coupons: join(folder, files.coupons),
    races: join(folder, files.races),
    pointsOfSale: join(folder, files.pointsOfSale),
    events: { redemptions: 'redemptions' },
    sellingTerminal: { field: 'ticket', from: 0, length: 5 },
    horses: ['bases', 'associates'],
    wholeField: { formula: '3', horses: 'runners' },
    formulas: { 0: 'unit', 1: 'combined', 2: 'reduced field', 3: 'full field' },
    couponFrames: {
      type: 'T040',
      fields: {
        'ITC-VERSION': "'I1'",
        'ITC-TERMINAL': 'terminal',
        'ITC-TRANSACTION': 'number',
        'ITC-SEQUENCE': 'number',
        'ITC-TIME': 'now',
        'T040-COUPON-NUMERO': 'coupon',
        'T040-TICKET': 'ticket',
        'T040-CAMPAGNE': 'campaign',
        'T040-VALEUR': 'value',
        'T040-VALIDITE': 'expiry',
        'T040-LIGNE': 'reason',
      },
    },
  };
}

/** What is special about a run. */
export interface BettingOptions {
  readonly together?: boolean;
  readonly onSave?: () => void;
  readonly settings?: Partial<RewardsSettings>;
  readonly onRefused?: (refusal: Refusal) => void;
}

/** Run the frames of a folder through the flow and the rewards, to their end. */
export async function runBetting(
  folder: string,
  catalog: Catalog,
  data: DataDirectory,
  outputs?: Readonly<Record<string, OutputOptions>>,
  signal: AbortSignal = new AbortController().signal,
  { together, onSave, settings, onRefused }: BettingOptions = {},
): Promise<PipelineSummary> {
  const format = { format: 'capture', header: frameCheckOf(catalog) } as const;
  return runPipeline(
    {
      pipeline: 'test',
      catalog,
      data,
      sources: () => {
        const source = captureFile({ path: join(folder, files.capture), format, name: 'capture' });
        return [onSave === undefined ? source : Object.assign(source, { save: onSave })];
      },
      rewards: { settings: { ...settingsOf(folder), ...settings }, now: null, together, onRefused },
      ...(outputs === undefined ? {} : { outputs: () => outputs }),
    },
    signal,
  );
}

export { loadCatalog };
