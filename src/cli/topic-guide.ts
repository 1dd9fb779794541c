import { printable } from '../bytes/printable.ts';
import type { PipelineSummary } from '../pipeline/pipeline-summary.ts';

/** Say which topics there are, and how to look into them. */
export function topicGuide(directory: string, { records }: PipelineSummary): string {
  const names = [...records.keys()];
  const [first = 'frames'] = names.includes('frames') ? ['frames'] : names;
  const shown = printable(/^[\w./-]+$/.test(directory) ? directory : JSON.stringify(directory));
  return [
    `topics in ${shown}: ${names.length === 0 ? 'none' : names.join(', ')}`,
    `  overpunch topic list --data ${shown}`,
    `  overpunch topic read ${first} --data ${shown} --limit 3`,
    '',
  ].join('\n');
}
