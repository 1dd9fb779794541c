/** `npm run crash` runs this: `ROUNDS [SEED]`. Prints what it did; exit status 1 when something was lost, doubled or changed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashRounds } from './crash-rounds.ts';
import { acknowledgementsIn, hasStrace, tracedRun } from './trace-acknowledgements.ts';

const roundsOfOneFolder = 25;
const [roundsText = '200', seedText] = process.argv.slice(2);
const seed = Number(seedText ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);
let failed = false;
for (let done = 0; done < Number(roundsText) && !failed; done += roundsOfOneFolder) {
  const folder = mkdtempSync(join(tmpdir(), 'overpunch-crash-'));
  const rounds = Math.min(roundsOfOneFolder, Number(roundsText) - done);
  const { kills, frames, problems } = await crashRounds(folder, rounds, seed + done);
  failed = problems.length > 0;
  const places = Object.entries(kills).map(([place, count]) => `${count} ${place}`);
  console.log(
    `${done + rounds} of ${roundsText} rounds, ${frames} frames; killed ${places.join(', ')}: ${failed ? 'FAILED' : 'nothing lost, nothing twice'}`,
  );
  for (const problem of problems) console.log(`  ${problem}`);
  if (failed) console.log(`  left to look at: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
if (!hasStrace) console.log('strace is not installed: the order of syncs and acknowledgements was NOT looked at');
else {
  const { count, early } = acknowledgementsIn(await tracedRun());
  const withoutSyncs = acknowledgementsIn(await tracedRun(false)); // the check has to notice
  console.log(
    `trace: ${count} acknowledgements, ${early} of them early; with syncing turned off ${withoutSyncs.early}`,
  );
  failed ||= count === 0 || early > 0 || withoutSyncs.early === 0;
}
process.exitCode = failed ? 1 : 0;
