import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, it } from 'vitest';
import { fixtures, workFolder } from './overpunch.ts';

// A transcript holds lines `$ command`, each with what it must print: standard output as it is, standard error behind
// `2> `, and `[exit N]` when the status is not 0. Lines that start with `#` before the first command are remarks. Commands run
// in fixtures/cli; $OUT is an empty folder. UPDATE_TRANSCRIPTS=1 writes what was printed.

const transcripts = new URL('transcripts/', import.meta.url);
const update = process.env['UPDATE_TRANSCRIPTS'] === '1';
const { folder, environment } = workFolder();

afterAll(() => rmSync(folder, { recursive: true }));

async function perform(command: string, out: string): Promise<string> {
  const child = spawn('sh', ['-c', command], {
    cwd: fixtures,
    env: { ...environment, OUT: out },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const errors = stderr
    .split('\n')
    .slice(0, -1)
    .map((line) => `2> ${line}\n`)
    .join('');
  const printed = `${stdout}${stdout === '' || stdout.endsWith('\n') ? '' : '\n'}${errors}`;
  return `${printed}${status[0] === 0 ? '' : `[exit ${status[0]}]\n`}`
    .replaceAll(out, '$OUT')
    .replaceAll('\r\n', '\n')
    .replace(/^2> .*frames [0-9]+ \([0-9]+\/s\).*\n/gm, '') // how a run stands: the slower it is, the more of them
    .replace(/in [0-9.]+ s, [0-9.]+ MB\/s/g, 'in N s, N MB/s');
}

async function rerun(transcript: string, out: string): Promise<string> {
  const parts: string[] = [];
  for (const part of transcript.split(/^(?=[$#] )/m)) {
    const command = /^\$ (.*)\n/.exec(part)?.[1];
    if (command === undefined) parts.push(part);
    else parts.push(`$ ${command}\n${await perform(command, out)}${part.endsWith('\n\n') ? '\n' : ''}`);
  }
  return parts.join('');
}

describe('transcripts', () => {
  for (const name of readdirSync(transcripts).sort()) {
    it.concurrent(name, { timeout: 120_000 }, async ({ expect }) => {
      const file = new URL(name, transcripts);
      const expected = readFileSync(file, 'utf8');
      const out = join(folder, name);
      mkdirSync(out);
      const actual = await rerun(expected, out);
      if (update) writeFileSync(file, actual);
      else expect(actual).toBe(expected);
    });
  }
});
