import { emptyCounts, frameSoak } from './soak-frames.ts';

/** Soak for so many minutes, the first argument, from a seed, the second or by the clock. Prints what was tried, and the seed of a failure. */
const [minutes = '1', first = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
const memoryLimit = 400; // MiB of resident memory, the tools that run this too
const framesPerRound = 300;

const counts = emptyCounts();
const soak = frameSoak(counts);
const deadline = Date.now() + Number(minutes) * 60_000;
let seed = Number(first);
let peak = 0;
let failure: unknown = null;
do {
  try {
    soak(seed, framesPerRound);
  } catch (error) {
    failure = error;
    break;
  }
  seed += 1;
  peak = Math.max(peak, process.memoryUsage.rss() / 2 ** 20);
} while (Date.now() < deadline && peak <= memoryLimit);
const tried = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
console.log(`frames: seeds ${first} to ${seed}: ${tried.join(', ')}; at most ${Math.round(peak)} MiB resident`);
if (failure !== null) console.error(`seed ${seed}:`, failure);
if (peak > memoryLimit) console.error(`more than ${memoryLimit} MiB`);
process.exitCode = failure === null && peak <= memoryLimit ? 0 : 1;
