import type { OptionDefinition } from './option-definition.ts';

const examplesHere = 'EXAMPLES-HERE'; // yargs trims and wraps what it is given

/** How a help starts: what to type, what it does, and the place of the examples. */
export function leadText(usage: string, summary: string): string {
  return `${usage}\n\n${summary}\n\n${examplesHere}`;
}

/** The description of an option in the help: what it takes, what it does, its default. */
export function optionText(definition: OptionDefinition<unknown>): string {
  const { values, argument, standard, kind, summary } = definition;
  const takes = values.length > 0 ? values.join('|') : argument;
  const again = kind === 'list' ? ' (repeatable)' : '';
  const otherwise = standard === '' ? '' : ` [${standard}]`;
  return `${takes === '' ? '' : `${takes}: `}${summary}${again}${otherwise}`;
}

/** Put the examples into a help made by yargs, and take out what it says about types. */
export function finishHelp(help: string, examples: readonly (readonly [line: string, meaning: string])[]): string {
  const text = ['Examples:', ...examples.flatMap(([line, meaning]) => [`  ${line}`, `      ${meaning}`])].join('\n');
  return help.replace(/(?:\n +| *)\[(?:string|array|boolean)\]$/gm, '').replace(examplesHere, () => text);
}
