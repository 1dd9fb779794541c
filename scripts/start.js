/**
 * Install and build what is missing, make an afternoon of betting, run it from captured frames to coupons, and say how to look into what came
 * of it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = 'examples/betting/data';

function run(command, mayBe = [0]) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (!mayBe.includes(status)) process.exit(status ?? 1);
}

run(['scripts/ensure-installed.js']);
run(['scripts/build.js']);
console.log('$ node scripts/make-betting-day.js');
if (!existsSync(join(root, 'examples/betting/day.cap'))) run(['scripts/make-betting-day.js']);
// What a former start left: the same again would add nothing to it.
for (const left of [data, 'examples/betting/rewards.jsonl']) rmSync(join(root, left), { recursive: true, force: true });
console.log('$ npx overpunch run examples/betting.yaml');
run(['bin/overpunch.js', 'run', 'examples/betting.yaml'], [0, 1]); // 1: something is in quarantine, as it should be
console.log(`
Everything lies in ${data}. To look into it:
  npx overpunch topic list --data ${data}
  npx overpunch topic read rewards --data ${data} --limit 3
  npx overpunch topic read coupon-frames --data ${data} --limit 1 --decode --catalog copybooks/itc/catalog.yaml
  npx overpunch topic read decisions --data ${data} --limit 3
  npx overpunch topic read quarantine --data ${data} --limit 1
The campaigns are in examples/campaigns.yaml, the pipeline is examples/betting.yaml.`);
