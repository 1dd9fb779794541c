import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { frameRoles } from './catalog.ts';
import { type Guess, guessDirections, guessTimeFormat, type HeaderPart } from './guess-header.ts';
import { yamlText } from './yaml-text.ts';

const parts: readonly HeaderPart[] = ['type', 'direction', 'key', 'sequence', 'time', 'length', 'flags'];

const meanings: Readonly<Record<HeaderPart, string>> = {
  type: 'tells the type of a frame',
  direction: 'tells requests from responses',
  key: 'is the same in a request and its response',
  sequence: 'counts frames',
  time: 'is the time of the frame',
  length: 'is the length of the frame',
  flags: 'has a bit that says that the body is compressed',
};

/** Write the `header:` of a draft. */
export function draftHeader(
  record: RecordLayout,
  fields: ReadonlyMap<HeaderPart, Guess<LayoutItem>>,
  { path, included }: { readonly path: string; readonly included: boolean },
): readonly string[] {
  const nameOf = (item: LayoutItem): string => yamlText(qualified(item, record));
  const time = fields.get('time')?.value;
  const format = time === undefined ? null : guessTimeFormat(time);
  const length = fields.get('length')?.value;
  return [
    'header:',
    `  copybook: ${yamlText(path)}`,
    ...(included ? ['  included: true # guessed: the copybooks of the types start with its fields'] : []),
    '  fields:',
    ...parts.map((part) => {
      const guess = fields.get(part);
      if (guess === undefined) return `    # to fill in, if there is one: ${part}: the field that ${meanings[part]}`;
      return `    ${part}: ${nameOf(guess.value)} # guessed: ${guess.why}`;
    }),
    ...directionLines(fields.get('direction')?.value),
    ...(format === null ? [] : [`  time: { format: ${format.value} } # guessed: ${format.why}`]),
    ...(length === undefined ? [] : ['  length: { counts: frame } # guessed: or does it count the body alone?']),
  ];
}

function directionLines(item: LayoutItem | undefined): readonly string[] {
  if (item === undefined) return [];
  const found = guessDirections(item);
  const values = new Set([...found.values()].map(({ value }) => value));
  if (found.size === 0 || values.size < found.size) {
    return [`  # to fill in: direction: { request: values of ${item.name ?? 'it'}, response: values, notice: values }`];
  }
  return [
    '  direction:',
    ...frameRoles.flatMap((role) => {
      const guess = found.get(role);
      return guess === undefined ? [] : [`    ${role}: ${yamlText(guess.value)} # guessed: ${guess.why}`];
    }),
  ];
}

/** The name of an item, with its group where another has the same name. */
function qualified(item: LayoutItem, record: RecordLayout): string {
  const same = record.items.filter(({ name }) => name?.toUpperCase() === item.name?.toUpperCase());
  return same.length === 1 ? (item.name ?? '') : item.path;
}
