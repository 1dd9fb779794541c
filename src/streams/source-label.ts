import type { Source } from './source.ts';

/** What quarantine says that frames of a source came from: its label, or else its name. */
export function sourceLabel({ name, label = name }: Pick<Source, 'name' | 'label'>): string {
  return label;
}
