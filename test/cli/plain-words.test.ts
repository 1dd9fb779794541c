import { array, assert, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { commonOptions } from '../../src/cli/common-options.ts';
import { impliedValues } from '../../src/cli/implied-values.ts';
import { flag, integer, list, maybeChoice, text } from '../../src/cli/option-definition.ts';
import { plainWords } from '../../src/cli/plain-words.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import { yargsCommandLine } from '../../src/cli/yargs-command-line.ts';

const options = {
  view: list('Values', 'VIEW', 'repeats', { alias: 'v' }),
  output: text('Output', 'FILE', 'takes one', { alias: 'o' }),
  rdwAdjustment: integer('Framing', 'N', -9, 'takes a number'),
  strict: maybeChoice('Output', ['errors', 'notes'], 'may stand alone'),
  meta: flag('Output', 'takes none'),
};
const table = { ...options, ...commonOptions };
const plain = (...words: string[]) => plainWords(words, table);

/** What a command is run with, or how that is refused. */
async function seen(run: (command: Command<object>) => Promise<unknown>): Promise<unknown> {
  let received: unknown = null;
  const command: Command<object> = {
    name: 'probe',
    summary: 'Look at what is given.',
    operand: { name: 'files', many: true, summary: 'files' },
    examples: [],
    options,
    async run(...given) {
      received = given;
      return 0;
    },
  };
  try {
    await run(command);
  } catch (error) {
    return String(error);
  }
  return received;
}

const word = oneof(
  { weight: 6, arbitrary: constantFrom('--view', '-v', '-o', '--output', '--strict', '--meta', '--quiet', 'A.DAT') },
  { weight: 3, arbitrary: constantFrom('--view=A', '--output=x=y', '--rdw-adjustment=-4', '--rdw-adjustment', '7') },
  constantFrom(
    '-',
    '--',
    '-vA',
    '-v=A',
    '--strict=notes',
    'notes',
    'true',
    '"q"',
    "'q'",
    '',
    '-5',
    '--no-meta',
    '--vie',
  ),
  string({ maxLength: 5 }),
);

describe('plain words', () => {
  it('are told apart into options and operands', () => {
    const { given, operands } = plain('a', '-v', 'X', '--view=Y', '-o', 'out', '--meta', '-') ?? {};
    expect([...(given ?? [])].map(([name, { value }]) => [name, value])).toEqual([
      ['view', ['X', 'Y']],
      ['output', 'out'],
      ['meta', true],
    ]);
    expect(operands).toEqual(['a', '-']);
  });

  it.each([['--help'], ['-h'], ['--outptu', 'x'], ['--output'], ['-o', '-'], ['--'], ['--meta', 'false'], ['-ox']])(
    'are not %j %s',
    (...words) => expect(plain(...words)).toBeNull(),
  );

  it('mean what they mean to the full parser', async () => {
    await assert(
      asyncProperty(array(word, { maxLength: 6 }), async (words) => {
        const found = plainWords(impliedValues(words, [{ options }]), table);
        if (found === null) return;
        const direct = await seen((command) => runCommand(command, found.given, found.operands));
        expect(direct).toEqual(await seen((command) => yargsCommandLine(['probe', ...words], [command])));
      }),
      { numRuns: 100 },
    );
  });
});
