import type { Command } from './command.ts';
import { type CommandFace, commandFace } from './command-face.ts';
import { decodeCommand } from './decode-command.ts';

type Loader = () => Promise<Command<object>>;

/**
 * What loads each command: a start loads the one that is asked for, help and completion load all. `decode` is here already: it shall
 * start fast, and one file loads faster than two.
 */
const described: Readonly<Record<string, Loader>> = {
  layout: async () => (await import('./layout-command.ts')).layoutCommand,
  decode: async () => decodeCommand,
  encode: async () => (await import('./encode-command.ts')).encodeCommand,
  inspect: async () => (await import('./inspect-command.ts')).inspectCommand,
  verify: async () => (await import('./verify-command.ts')).verifyCommand,
  types: async () => (await import('./types-command.ts')).typesCommand,
  schema: async () => (await import('./schema-command.ts')).schemaCommand,
  diff: async () => (await import('./diff-command.ts')).diffCommand,
  'catalog check': async () => (await import('./catalog-check-command.ts')).catalogCheckCommand,
  'catalog list': async () => (await import('./catalog-list-command.ts')).catalogListCommand,
  'catalog show': async () => (await import('./catalog-show-command.ts')).catalogShowCommand,
  'catalog new': async () => (await import('./catalog-new-command.ts')).catalogNewCommand,
  generate: async () => (await import('./generate-command.ts')).generateCommand,
  replay: async () => (await import('./replay-command.ts')).replayCommand,
  run: async () => (await import('./run-pipeline-command.ts')).runPipelineCommand,
  'rewards check': async () => (await import('./rewards-check-command.ts')).rewardsCheckCommand,
  'rewards simulate': async () => (await import('./rewards-simulate-command.ts')).rewardsSimulateCommand,
  'rewards explain': async () => (await import('./rewards-explain-command.ts')).rewardsExplainCommand,
  'topic list': async () => (await import('./topic-list-command.ts')).topicListCommand,
  'topic read': async () => (await import('./topic-read-command.ts')).topicReadCommand,
  'topic tail': async () => (await import('./topic-tail-command.ts')).topicTailCommand,
};
const loaders: ReadonlyMap<string, Loader> = new Map([
  ...Object.entries(described),
  [
    'completion',
    async () => {
      const { completionCommand } = await import('./completion-command.ts');
      return completionCommand((await loadCommands(Object.keys(described))).map(commandFace));
    },
  ],
]);

/** The names of all commands, in the order of the help. */
export const commandNames: readonly string[] = [...loaders.keys()];

/** Load the commands of these names. */
export async function loadCommands(names: readonly string[]): Promise<readonly Command<object>[]> {
  const wanted = names.flatMap((name) => loaders.get(name) ?? []);
  return Promise.all(wanted.map((load) => load()));
}

/** Load all commands, for the documentation. */
export async function loadCommandFaces(): Promise<readonly CommandFace[]> {
  return (await loadCommands(commandNames)).map(commandFace);
}
