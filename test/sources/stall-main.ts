/** Let a sink stall: `MINUTES`, at most one. Exit status 0 only if memory stayed flat, the source unread, and nothing was lost. */
import { stall } from './stall.ts';

const length = Math.min(60, 60 * Number(process.argv[2] ?? 1));
const besiegers = length < 20 ? 0 : 10_000;
const mostGrowth = (besiegers === 0 ? 32 : 64) << 20; // the besiegers are in this process, too
const { taken, grown, ticks, sent, written, refused } = await stall(length, besiegers);
const held = taken === 0 && grown < mostGrowth && ticks === 0 && written === sent && refused === besiegers;
console.log(
  `stalled sink: ${length} s, ${taken} frames taken meanwhile, resident memory grew by ${Math.round(grown / 1024)} kB, ` +
    `${ticks} ticks, ${written} of ${sent} frames in the end, ${refused} connections turned away: ${held ? 'held' : 'FAILED'}`,
);
process.exitCode = held ? 0 : 1;
