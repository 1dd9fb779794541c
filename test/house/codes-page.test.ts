import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../../src/errors.ts', import.meta.url);
const page = new URL('../../docs/codes.md', import.meta.url);

/** The page as the table in src/errors.ts makes it: its comments are the headings. */
function codesPage(): string {
  const table = /export const codes = \{([\s\S]*?)\} as const;/.exec(readFileSync(source, 'utf8'))?.[1] ?? '';
  const lines = [
    '# Codes',
    '',
    'Every message carries a code that never changes its meaning, so scripts may rely on it.',
  ];
  for (const line of table.split('\n')) {
    const heading = /^ {2}\/\/ (.*)$/.exec(line)?.[1];
    const [, code, text] = /^ {2}([A-Z_0-9]+): '(.*)',$/.exec(line) ?? [];
    if (heading !== undefined) lines.push('', `## ${heading}`, '', '| code | meaning |', '|---|---|');
    if (code !== undefined) lines.push(`| \`${code}\` | ${text} |`);
  }
  return `${lines.join('\n')}\n`;
}

// UPDATE_TRANSCRIPTS=1 writes the page anew.
test('docs/codes.md lists every code with its meaning', () => {
  if (process.env['UPDATE_TRANSCRIPTS'] === '1') writeFileSync(page, codesPage());
  expect(readFileSync(page, 'utf8')).toBe(codesPage());
});
