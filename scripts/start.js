/** Install and build what is missing, then decode a bundled EBCDIC file and show it. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const copybook = 'copybooks/samples/bet-slips.cpy';
const commands = [
  ['layout', copybook],
  [
    ...['decode', 'fixtures/samples/bet-slips.bin', '--copybook', copybook],
    ...['--format', 'rdw', '--codepage', '1147'],
    ...['--view', 'BET-TYPE:W,P=SINGLE-BET', '--view', 'BET-TYPE:T,Q=COMBINED-BET'],
  ],
];

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run('scripts/ensure-installed.js');
run('scripts/build.js');
for (const command of commands) {
  console.log(`$ npx overpunch ${command.join(' ')}`);
  run('bin/overpunch.js', ...command);
  console.log();
}
