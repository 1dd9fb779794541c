import { OverpunchError } from '../errors.ts';
import type { Catalog } from '../frames/catalog/catalog.ts';
import { mostMeetings } from './programme.ts';
import { mostTerminals } from './terminals.ts';

/** What traffic is to be like. Rates are shares from 0 to 1. */
export interface TrafficOptions {
  /** Default 1. */
  readonly seed?: number | undefined;
  /** How many frames, noise not counted. Either this or `duration` must be given. */
  readonly frames?: number | undefined;
  /** Simulated time, in milliseconds. */
  readonly duration?: number | undefined;
  /** Mean frames per second of simulated time. Default 200. */
  readonly rate?: number | undefined;
  /** Default 3000. */
  readonly terminals?: number | undefined;
  /** Race meetings at the same time, 1 to 5. Default 5. */
  readonly meetings?: number | undefined;
  /** Frames that are captured twice. Default 0.005. */
  readonly duplicates?: number | undefined;
  /** Questions that are asked again. Default 0.005. */
  readonly retransmissions?: number | undefined;
  /** Answers that come after the catalog's correlation window. Default 0.003. */
  readonly late?: number | undefined;
  /** Questions that are not answered. Default 0.003. */
  readonly missing?: number | undefined;
  /** Answers whose question was not captured. Default 0.002. */
  readonly orphans?: number | undefined;
  /** How much later than others a frame may be captured, in milliseconds. Default: what the catalog's correlation allows. */
  readonly disorder?: number | undefined;
  /** Records that are no frames, per frame. Default 0.001. */
  readonly noise?: number | undefined;
  /** Frames that were damaged. Default 0.002. */
  readonly malformed?: number | undefined;
  /** Begin with none of these: the defaults are 0. */
  readonly clean?: boolean | undefined;
  /** Tell what happened: one line of JSON a frame. */
  readonly truth?: boolean | undefined;
}

/** TrafficOptions with every default. `frames` and `duration` are infinite where the other one decides. */
export type TrafficSettings = {
  readonly [Name in Exclude<keyof TrafficOptions, 'clean'>]-?: NonNullable<TrafficOptions[Name]>;
};

/** The shares, and what they are by default. */
export const faultRates = {
  duplicates: 0.005,
  retransmissions: 0.005,
  late: 0.003,
  missing: 0.003,
  orphans: 0.002,
  noise: 0.001,
  malformed: 0.002,
} as const;

const highestRate = 1e7; // frames per second: capture times are microseconds
const longestDisorder = 60_000;

/** Check options and fill in the defaults. Throws USAGE. */
export function trafficSettings(options: TrafficOptions, { correlation }: Catalog): TrafficSettings {
  const { clean = false, frames, duration, seed = 1, rate = 200, terminals = 3000, truth = false } = options;
  if ((frames === undefined) === (duration === undefined)) {
    throw new OverpunchError('USAGE', 'generate needs either --frames or --duration', {
      hint: '--frames 10000 writes so many frames, --duration 5m what happens in five minutes',
    });
  }
  const share = (name: keyof typeof faultRates): number => {
    return between(name, options[name] ?? (clean ? 0 : faultRates[name]), 0, 1);
  };
  return {
    seed: whole('seed', seed, 0, Number.MAX_SAFE_INTEGER),
    frames: frames === undefined ? Number.POSITIVE_INFINITY : whole('frames', frames, 0, Number.MAX_SAFE_INTEGER),
    duration: duration === undefined ? Number.POSITIVE_INFINITY : between('duration', duration, 0, 1e12),
    rate: between('rate', rate, 1e-3, highestRate),
    terminals: whole('terminals', terminals, 1, mostTerminals),
    meetings: whole('meetings', options.meetings ?? mostMeetings, 1, mostMeetings),
    duplicates: share('duplicates'),
    retransmissions: share('retransmissions'),
    late: share('late'),
    missing: share('missing'),
    orphans: share('orphans'),
    noise: share('noise'),
    malformed: share('malformed'),
    disorder: between('disorder', options.disorder ?? (clean ? 0 : correlation.disorder), 0, longestDisorder),
    truth,
  };
}

function between(name: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new OverpunchError('USAGE', `${name} must be from ${least} to ${most}, not ${value}`);
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value)) return between(name, value, least, most);
  throw new OverpunchError('USAGE', `${name} must be a whole number, not ${value}`);
}
