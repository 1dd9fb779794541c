import { isInTable } from '../../copybook/is-in-table.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import type { Literal } from '../../copybook/syntax.ts';
import type { FrameRole, TimeFormat } from './catalog.ts';

/** The parts that fields of a header may play. */
export type HeaderPart = 'type' | 'direction' | 'key' | 'sequence' | 'time' | 'length' | 'flags';

/** A guess, and what it was made from, in words for people. */
export interface Guess<T> {
  readonly value: T;
  readonly why: string;
}

interface Rule {
  readonly part: HeaderPart;
  /** Words of names, the most telling first. */
  readonly words: readonly string[];
  fits(item: LayoutItem): boolean;
}

// In this order: a field that is taken plays no other part.
const rules: readonly Rule[] = [
  { part: 'length', words: ['LENGTH', 'LEN', 'LL', 'LONGUEUR', 'LONG', 'LG', 'SIZE'], fits: isCount },
  {
    part: 'time',
    words: ['TIMESTAMP', 'STAMP', 'TIME', 'HORODATAGE', 'HORO', 'STCK', 'TOD', 'TS', 'HEURE', 'DATE'],
    fits: (item) => guessTimeFormat(item) !== null,
  },
  {
    part: 'direction',
    words: ['DIRECTION', 'DIR', 'SENS', 'WAY'],
    fits: (item) => item.type !== null && item.length <= 8,
  },
  { part: 'flags', words: ['FLAGS', 'FLAG', 'FLG', 'INDICATORS', 'BITS'], fits: (item) => item.bitLength <= 32 },
  {
    part: 'sequence',
    words: ['SEQUENCE', 'SEQ', 'SEQNO', 'NUMBER', 'NUMERO', 'NUM', 'NO', 'COUNTER'],
    fits: isCount,
  },
  {
    part: 'type',
    words: ['TYPE', 'TYP', 'TRANCODE', 'MSGTYPE', 'MSGID', 'MESSAGE', 'MSG', 'OPCODE', 'FUNCTION', 'CODE', 'CD', 'ID'],
    fits: (item) => item.type !== null && item.type.kind !== 'float',
  },
  {
    part: 'key',
    words: [
      'KEY',
      'CLE',
      'CORRELATION',
      'CORR',
      'TRANSACTION',
      'TRAN',
      'TXN',
      'TERMINAL',
      'TERM',
      'REFERENCE',
      'REF',
      'SESSION',
    ],
    fits: () => true,
  },
];

/** Guess which fields of a header mean what, by their names and kinds. There is always a type and a key. */
export function guessHeaderFields(record: RecordLayout): ReadonlyMap<HeaderPart, Guess<LayoutItem>> {
  const items = record.items.filter((item) => item !== record.root && item.name !== null && !isInTable(item));
  const taken = new Set<LayoutItem>();
  const found = new Map<HeaderPart, Guess<LayoutItem>>();
  const take = (part: HeaderPart, item: LayoutItem, why: string): void => {
    found.set(part, { value: item, why });
    for (const other of items) if (overlaps(item, other)) taken.add(other);
  };
  for (const { part, words, fits } of rules) {
    const free = items.filter((item) => !taken.has(item) && fits(item));
    const ranked = words.flatMap((word) =>
      free.filter((item) => wordsOf(item).includes(word)).map((item) => ({ item, word })),
    );
    const [best] = ranked;
    if (best !== undefined) take(part, best.item, `its name says ${best.word}`);
  }
  for (const part of ['type', 'key'] as const) {
    if (found.has(part)) continue;
    const left = items.filter((item) => item.type !== null && !taken.has(item));
    const item = left.find(({ type }) => type?.kind === 'text') ?? left[0] ?? items.find(({ type }) => type !== null);
    if (item !== undefined) take(part, item, 'no name tells; this one is left');
  }
  return found;
}

/** Guess how a field writes the time; `null` when it can hold none. */
export function guessTimeFormat({ type, length }: LayoutItem): Guess<TimeFormat['kind']> | null {
  if (type === null) return null;
  if (type.kind === 'text') {
    if (length === 8) return { value: 'stck', why: '8 bytes of text hold a TOD clock' };
    return length >= 14 ? { value: 'digits', why: `${length} characters` } : null;
  }
  if (type.kind !== 'zoned' && type.kind !== 'packed' && type.kind !== 'binary') return null;
  const { digits } = type;
  if (digits === 0) return length === 8 ? { value: 'stck', why: '8 bytes without digits hold a TOD clock' } : null;
  const why = `${digits} digits`;
  if (digits === 14 || digits === 17 || digits > 18) return { value: 'digits', why };
  if (digits === 16 || digits === 18) return { value: 'microseconds', why };
  if (digits >= 12) return { value: 'milliseconds', why };
  return digits >= 10 ? { value: 'seconds', why } : null;
}

const directionWords: Readonly<Record<FrameRole, RegExp>> = {
  request: /REQ|QUESTION|QUERY|DEMANDE|ASK/,
  response: /RESP|RSP|REPLY|REPONSE|ANSWER/,
  notice: /NOTI|AVIS|EVENT|EVT|ADVICE|BROADCAST/,
};

/** Guess the values of the direction field from the names of its level 88 entries. */
export function guessDirections({ conditions }: LayoutItem): ReadonlyMap<FrameRole, Guess<string>> {
  const found = new Map<FrameRole, Guess<string>>();
  for (const { name, values } of conditions) {
    const role = (['response', 'request', 'notice'] as const).find((one) =>
      directionWords[one].test(name.toUpperCase()),
    );
    const text = literalText(values[0]?.from);
    if (role !== undefined && text !== null && !found.has(role))
      found.set(role, { value: text, why: `level 88 ${name}` });
  }
  return found;
}

function literalText(literal: Literal | undefined): string | null {
  return literal?.kind === 'number' || (literal?.kind === 'string' && literal.form === 'alphanumeric')
    ? literal.text
    : null;
}

function wordsOf({ name }: LayoutItem): readonly string[] {
  return (name ?? '').toUpperCase().split(/[-_]/);
}

function isCount({ type }: LayoutItem): boolean {
  return (
    type !== null && (type.kind === 'binary' || type.kind === 'zoned' || type.kind === 'packed') && type.scale === 0
  );
}

function overlaps(one: LayoutItem, other: LayoutItem): boolean {
  const start = (item: LayoutItem): number => 8 * item.offset + item.bit;
  return start(one) < start(other) + other.bitLength && start(other) < start(one) + one.bitLength;
}
