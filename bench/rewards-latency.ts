import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Histogram } from 'hdr-histogram-js';
import type { Benchmark, Figure } from './benchmark.ts';
import { type MeasuredPhase, type MeasuredRun, measuredRun } from './rewards-latency/measured-run.ts';
import type { Phase } from './rewards-latency/phase.ts';
import { recoverySeconds } from './rewards-latency/recovery.ts';
import { isOnDisk, syncTimes } from './rewards-latency/sync-times.ts';

const latest = 1000; // microseconds that the generator may be late at its 99th percentile

/** Times how long it takes from the frame that completes a bet to its reward in the topic, durably, with frames coming at a given rate. */
export const rewardsLatency: Benchmark = {
  title: 'Rewards: from the frame that completes a bet to the reward in the topic, over TCP, everything durable',
  async run({ quick, part }) {
    const folder = mkdtempSync(join(tmpdir(), 'overpunch-latency-'));
    try {
      if (!isOnDisk(folder)) {
        console.error(`SKIPPED: ${folder} is in memory, so nothing would be durable; set TMPDIR to a folder on a disk`);
        return [];
      }
      if (part === 'step') return await step(join(folder, 'step'), quick);
      const rate = part === null ? (quick ? 10_000 : 50_000) : Number(part);
      if (!(rate > 0)) throw new Error(`${part} is no number of frames per second`);
      const sync = syncTimes(folder);
      return [
        { name: 'rewards/latency-fdatasync-p50-ms', value: sync.p50, unit: 'ms' },
        { name: 'rewards/latency-fdatasync-p99-ms', value: sync.p99, unit: 'ms' },
        ...(await steady(join(folder, 'steady'), rate, quick ? 10 : 300, quick ? 5 : 20)),
        ...(part === null ? await step(join(folder, 'step'), quick) : []),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function steady(folder: string, rate: number, seconds: number, warmUp: number): Promise<readonly Figure[]> {
  const run = await measuredRun(folder, [
    { name: 'warm-up', rate, seconds: warmUp },
    { name: 'steady', rate, seconds },
  ]);
  rmSync(folder, { recursive: true, force: true });
  const phase = run.phases[1] as MeasuredPhase;
  const figures: Figure[] = [...achieved(run, phase), waiting('latency', phase), ...lateness('rewards', phase)];
  if (isVoid(phase)) return figures;
  const completed = histogramOf(phase.latencies);
  const asked = histogramOf(phase.sinceAsked);
  const at = (histogram: Histogram, percentile: number): number => histogram.getValueAtPercentile(percentile) / 1000;
  return [
    { name: 'rewards/latency-p50-ms', value: at(completed, 50), unit: 'ms', floor: 8, goal: 3 },
    { name: 'rewards/latency-p99-ms', value: at(completed, 99), unit: 'ms', floor: 25, goal: 8 },
    { name: 'rewards/latency-p99.9-ms', value: at(completed, 99.9), unit: 'ms', goal: 25 },
    { name: 'rewards/latency-max-ms', value: completed.maxValue / 1000, unit: 'ms' },
    { name: 'rewards/latency-since-asked-p50-ms', value: at(asked, 50), unit: 'ms' },
    { name: 'rewards/latency-since-asked-p99-ms', value: at(asked, 99), unit: 'ms' },
    { name: 'rewards/latency-rewards', value: completed.totalCount, unit: 'rewards' },
    ...figures,
  ];
}

async function step(folder: string, quick: boolean): Promise<readonly Figure[]> {
  const [low, high, seconds] = quick ? [1000, 20_000, 3] : [5000, 100_000, 10];
  const phases: readonly Phase[] = [
    { name: 'warm-up', rate: low, seconds },
    { name: 'before', rate: low, seconds: 2 * seconds },
    { name: 'step', rate: high, seconds },
    { name: 'behind', rate: low, seconds: (quick ? 3 : 6) * seconds },
  ];
  const run = await measuredRun(folder, phases);
  const [, before, peak, behind] = run.phases as readonly [MeasuredPhase, MeasuredPhase, MeasuredPhase, MeasuredPhase];
  const figures: Figure[] = [
    waiting('step', peak),
    { name: 'rewards/step-lost-frames', value: run.sent - run.accounted, unit: 'frames', floor: 0, rising: false },
    { name: 'rewards/step-generator-lateness-p99-ms', value: peak.lateness.p99 / 1000, unit: 'ms' },
  ];
  if (isVoid(before) || isVoid(peak)) return figures;
  const usual = histogramOf(before.latencies).getValueAtPercentile(99) / 1000;
  const recovery = recoverySeconds(behind, usual * 1e6);
  return [
    { name: 'rewards/step-recovery-s', value: recovery, unit: 's', floor: 2, rising: false },
    { name: 'rewards/step-latency-p99-before-ms', value: usual, unit: 'ms' },
    { name: 'rewards/step-latency-max-ms', value: histogramOf(peak.latencies).maxValue / 1000, unit: 'ms' },
    ...figures,
  ];
}

/** How fast the pipeline took the frames of the last phase, and in what portions. */
function achieved(run: MeasuredRun, { sent, seconds, start }: MeasuredPhase): readonly Figure[] {
  const until = Math.max(run.flushed, start + seconds * 1e9);
  return [
    { name: 'rewards/latency-frames-per-second', value: (sent * 1e9) / (until - start), unit: 'frames/s' },
    { name: 'rewards/latency-frames-per-commit', value: run.accounted / run.commits, unit: 'frames' },
  ];
}

function waiting(name: string, phase: MeasuredPhase): Figure {
  return { name: `rewards/${name}-most-waiting-at-the-sender-kb`, value: phase.waiting / 1000, unit: 'kB' };
}

function lateness(name: string, { lateness: { p99, max } }: MeasuredPhase): readonly Figure[] {
  return [
    { name: `${name}/generator-lateness-p99-ms`, value: p99 / 1000, unit: 'ms', floor: 1 },
    { name: `${name}/generator-lateness-max-ms`, value: max / 1000, unit: 'ms' },
  ];
}

function isVoid({ name, lateness: { p99 } }: MeasuredPhase): boolean {
  if (p99 <= latest) return false;
  console.error(`VOID: the generator was ${p99 / 1000} ms late at its 99th percentile (${name}); no latency is given`);
  return true;
}

/** In microseconds, of nanoseconds. */
function histogramOf(latencies: Float64Array): Histogram {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  });
  for (const latency of latencies) histogram.recordValue(Math.max(1, Math.round(latency / 1000)));
  return histogram;
}
