import { OverpunchError } from '../errors.ts';
import { type DataDirectory, openDataDirectory } from '../runtime/embedded/data-directory.ts';
import type { OptionTable } from './decoding-options.ts';
import { text } from './option-definition.ts';

/** Where the topics are. */
export interface TopicOptions {
  readonly data?: string;
}

/** A definition for it. */
export const topicOptions: OptionTable<TopicOptions> = {
  data: text('Data directory', 'DIR', 'the data directory of a pipeline; it may be running', { path: true }),
};

/** Open a data directory to look into it, beside whoever writes to it. Throws USAGE and what opening throws. */
export function openTopics(command: string, { data }: TopicOptions): DataDirectory {
  if (data === undefined) {
    throw new OverpunchError('USAGE', `${command} needs --data DIR`, {
      hint: 'overpunch replay CAPTURE --catalog FILE --data DIR makes one',
    });
  }
  return openDataDirectory(data, { readOnly: true });
}
