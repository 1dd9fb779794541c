import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './tracked-files.ts';

const file = join(root, 'README.md');
/** A command, continued after a backslash, and its output. */
const transcript = /```console\n(\$ (?:.*\\\n)*.*\n)([^`]*)```/g;
/** A program and its output. */
const program = /```js\n([\s\S]*?)```\n\n```text\n([^`]*)```/g;

/** Run a command as the README has it; what it prints: data alone when all is good, else the messages too. */
function runCommand(command: string): string {
  const { stdout, stderr, status } = spawnSync(
    'sh',
    ['-c', `npx() { shift; "$NODE" bin/overpunch.js "$@"; }\n${command}`],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath, NO_COLOR: '1' },
    },
  );
  return status === 0 ? stdout : stdout + stderr;
}

function runProgram(text: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', text], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return stdout + stderr;
}

// UPDATE_TRANSCRIPTS=1 writes what is printed now.
if (process.env['UPDATE_TRANSCRIPTS'] === '1') {
  const updated = readFileSync(file, 'utf8')
    .replace(transcript, (_, command: string) => `\`\`\`console\n${command}${runCommand(command.slice(2))}\`\`\``)
    .replace(program, (_, text: string) => `\`\`\`js\n${text}\`\`\`\n\n\`\`\`text\n${runProgram(text)}\`\`\``);
  writeFileSync(file, updated);
}

describe('README.md', () => {
  const readme = readFileSync(file, 'utf8');
  const commands = [...readme.matchAll(transcript)].map(
    ([, command = '', output = '']) => [command.slice(2), output] as const,
  );
  const programs = [...readme.matchAll(program)].map(([, text = '', output = '']) => [text, output] as const);

  test('has examples of the command and of the library', () => {
    expect(commands.length).toBeGreaterThanOrEqual(2);
    expect(programs.length).toBe(1);
  });

  test.each(commands)('shows what is printed by %s', (command, output) => expect(runCommand(command)).toBe(output));

  test.each(programs)('shows what the example of the library prints', (text, output) =>
    expect(runProgram(text)).toBe(output),
  );

  test('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });
});
