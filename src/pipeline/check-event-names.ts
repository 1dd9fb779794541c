import { OverpunchError } from '../errors.ts';

/** Refuse events whose topic is one that every flow writes. Throws CATALOG_FIELD. */
export function checkEventNames(names: readonly string[], topics: readonly string[], file: string): void {
  const taken = names.find((name) => name !== 'notices' && topics.includes(name));
  if (taken === undefined) return;
  throw new OverpunchError(
    'CATALOG_FIELD',
    `${file}: an event cannot be named ${taken}, which is the topic of something else`,
    {
      hint: 'give the event another name',
      exitStatus: 3,
    },
  );
}
