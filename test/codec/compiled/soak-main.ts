import { compareAtRandom, emptyTally } from './random-comparison.ts';

/** Soak for so many minutes, the first argument, from a seed, the second or by the clock. Prints what was tried, and the seed of a failure. */
const [minutes = '1', first = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
const memoryLimit = 500; // MiB of resident memory, the tools that run this too
const recordsEach = 200;

const tally = emptyTally();
const deadline = Date.now() + Number(minutes) * 60_000;
let seed = Number(first);
let peak = 0;
let failure: unknown = null;
do {
  try {
    compareAtRandom(seed, recordsEach, tally);
  } catch (error) {
    failure = error;
    break;
  }
  seed += 1;
  peak = Math.max(peak, process.memoryUsage.rss() / 2 ** 20);
} while (Date.now() < deadline && peak <= memoryLimit);
const { copybooks, compiled, records, clean, cleanRefused } = tally;
const tried = `${copybooks} copybooks, ${compiled} of them compiled, ${records} records, ${clean - cleanRefused} of them decoded alike`;
const left = `${cleanRefused} clean ones left to the reference decoder, ${failure === null ? 0 : 1} differences`;
console.log(`codec: seeds ${first} to ${seed}: ${tried}, ${left}; at most ${Math.round(peak)} MiB resident`);
if (failure !== null) console.error(`seed ${seed}:`, failure);
if (peak > memoryLimit) console.error(`more than ${memoryLimit} MiB`);
process.exitCode = failure === null && peak <= memoryLimit ? 0 : 1;
