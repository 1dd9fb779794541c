import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it, test } from 'vitest';
import { fixtures, workFolder } from './overpunch.ts';

const { folder, environment } = workFolder();
afterAll(() => rmSync(folder, { recursive: true }));

function run(shell: string, ...args: readonly string[]): string {
  return spawnSync(shell, args, { cwd: fixtures, env: environment, encoding: 'utf8' }).stdout;
}

/** Describe tests of a shell; one that is not installed is skipped with a loud line on stderr. */
function describeShell(shell: string, suite: () => void): void {
  if (spawnSync(shell, ['-c', 'exit 0']).status === 0) {
    describe(shell, suite);
    return;
  }
  process.stderr.write(`SKIPPED: completion in ${shell}, which is not installed\n`);
  test.skipIf(true)(`completion in ${shell} (not installed)`, () => {});
}

/** What bash offers for the last word of a command line. */
function inBash(...words: readonly string[]): string[] {
  const script = `source <(overpunch completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _overpunch; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run('bash', '-c', script, 'bash', ...words)
    .split('\n')
    .filter((word) => word !== '');
}

/** What fish offers for a command line. */
function inFish(line: string): string[] {
  const words = run('fish', '--no-config', '-c', `overpunch completion fish | source; complete -C '${line}'`);
  return words.split('\n').map((word) => word.replace(/\t.*/, ''));
}

describeShell('bash', () => {
  const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
    [['de'], ['decode']],
    [['decode', '--for'], ['--format']],
    [
      ['decode', '--format', ''],
      ['fixed', 'rdw', 'bdw', 'text', 'quarantine', 'capture', 'frames'],
    ],
    [
      ['verify', '--format', ''],
      ['fixed', 'rdw', 'bdw', 'text', 'quarantine'],
    ],
    [['cat'], ['catalog']],
    [
      ['catalog', ''],
      ['check', 'list', 'show', 'new', '--help'],
    ],
    [['catalog', 'ch'], ['check']],
    [['catalog', 'list', '--js'], ['--json']],
    [['catalog', 'list', 'till-w'], ['till-wrong.yaml']],
    [['catalog', 'new', '--dialect', 'g'], ['gnucobol']],
    [['decode', '--catalog', 'till-w'], ['till-wrong.yaml']],
    [
      ['encode', '--format', ''],
      ['fixed', 'rdw', 'bdw', 'text'],
    ],
    [['decode', '--to', '=', 'c'], ['csv']],
    [
      ['decode', '--codepage', 'IBM114'],
      ['IBM1140', 'IBM1141', 'IBM1142', 'IBM1143', 'IBM1144', 'IBM1145', 'IBM1146', 'IBM1147', 'IBM1148', 'IBM1149'],
    ],
    [['decode', '-c', 'order.c'], ['order.cpy']],
    [['decode', 'order.c'], ['order.cpy']],
    [
      ['decode', '--strict', ''],
      ['errors', 'notes'],
    ],
    [['decode', '--strict', 'order.c'], ['order.cpy']],
    [['decode', '--where', ''], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
  ];
  it.each(cases)('completes %j', { timeout: 30_000 }, (words, offered) => {
    expect(inBash('overpunch', ...words)).toEqual(offered);
  });
});

describeShell('zsh', () => {
  it('takes the script for a completion function', { timeout: 30_000 }, () => {
    const script = 'autoload -U compinit; compinit -u -D; source <(overpunch completion zsh); print $_comps[overpunch]';
    expect(run('zsh', '-f', '-c', script)).toBe('_overpunch\n');
  });
});

describeShell('fish', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['overpunch de', ['decode']],
    ['overpunch decode --format b', ['bdw']],
    ['overpunch completion z', ['zsh']],
    ['overpunch catalog ', ['check', 'list', 'show', 'new']],
    ['overpunch catalog new --dialect g', ['gnucobol']],
    ['overpunch decode -c order.c', ['order.cpy']],
  ];
  it.each(cases)('completes %s', { timeout: 30_000 }, (line, offered) => {
    expect(inFish(line)).toEqual(expect.arrayContaining([...offered]));
  });
});
