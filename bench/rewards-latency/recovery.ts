import type { MeasuredPhase } from './measured-run.ts';

const width = 0.5e9; // nanoseconds of a window
const exceptions = 0.05; // of the rewards of a window may take longer than is usual: one in a hundred does anyway
const calm = 4; // windows in a row

/**
 * Seconds from the start of a phase until latency is what is usual: until the first of four windows of half a second in a row in each of which at most 5 % of
 * the rewards took longer than `usual` nanoseconds, which 1 % do. Windows are of the times at which frames were to be sent. When that never comes it is as long
 * as the phase.
 */
export function recoverySeconds({ start, seconds, intended, latencies }: MeasuredPhase, usual: number): number {
  const windows = Math.floor((seconds * 1e9) / width);
  const counts = new Float64Array(windows);
  const slow = new Float64Array(windows);
  for (const [index, time] of intended.entries()) {
    const window = Math.floor((time - start) / width);
    if (window < 0 || window >= windows) continue;
    counts[window] = (counts[window] as number) + 1;
    if ((latencies[index] as number) > usual) slow[window] = (slow[window] as number) + 1;
  }
  let inRow = 0;
  for (let window = 0; window < windows; window++) {
    const count = counts[window] as number;
    inRow = count > 0 && (slow[window] as number) <= Math.max(1, exceptions * count) ? inRow + 1 : 0;
    if (inRow === calm) return ((window - calm + 1) * width) / 1e9;
  }
  return seconds;
}
