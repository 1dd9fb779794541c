import { putNumber, type TextPiece } from '../../bytes/byte-text.ts';
import { plainCalls, plainCode } from '../../codec/plain-code.ts';
import type { PlainField } from '../../codec/plain-json.ts';

/** A member of an event for which code is written. */
export interface CodedMember {
  /** `,"NAME":` */
  readonly prefix: TextPiece;
  /** It is that of the frame whose type has the mapping. */
  readonly isOwn: boolean;
  readonly isTime: boolean;
  /** The place of a field that is mostly plain; 0 to 0 where there is none. */
  readonly plain: PlainField | null;
  readonly from: number;
  readonly to: number;
}

/**
 * Writes members from the one with index `first` on, where there is room for all, and gives where they end. When a member is not plain it gives
 * `~index`, and leaves in `stopped[0]` where its value is to be written. Times are NaN where there is none.
 */
export type MembersWriter = (
  first: number,
  own: Uint8Array,
  ownFrom: number,
  ownTo: number,
  ownTime: number,
  pair: Uint8Array,
  pairFrom: number,
  pairTo: number,
  pairTime: number,
  view: DataView,
  out: Uint8Array,
  at: number,
  stopped: Int32Array,
) => number;

const parameters = [
  ...['first', 'own', 'ownFrom', 'ownTo', 'ownTime', 'pair', 'pairFrom', 'pairTo', 'pairTime'],
  ...['view', 'out', 'at', 'stopped'],
];
const mostTime = 1e15; // a number of up to 15 digits

/** Write the code that writes the members of an event. Of the catalog only numbers come into it. */
export function membersWriter(members: readonly CodedMember[]): MembersWriter {
  const known: Record<string, unknown> = { ...plainCalls, putNumber };
  const code = [
    '"use strict";',
    `return function writeMembers(${parameters.join(', ')}) {`,
    'switch (first) {',
    ...members.flatMap((member, index) => [`case ${index}: {`, ...memberCode(member, index, known), '}']),
    '}',
    'return at;',
    '};',
  ].join('\n');
  const names = Object.keys(known);
  const make = new Function(...names, code) as (...values: readonly unknown[]) => MembersWriter;
  return make(...names.map((name) => known[name]));
}

function memberCode(
  { prefix, isOwn, isTime, plain, from, to }: CodedMember,
  index: number,
  known: Record<string, unknown>,
): readonly string[] {
  const side = isOwn ? 'own' : 'pair';
  const stop = `{ stopped[0] = at; return ${~index}; }`;
  const words = [...prefix.words].map((word, place) => `view.setFloat64(at + ${8 * place}, ${word}, true);`);
  const start = [...words, `at += ${prefix.length};`];
  if (isTime) {
    const time = `${side}Time`;
    return [...start, `if (!(${time} >= 0 && ${time} < ${mostTime})) ${stop}`, `at = putNumber(out, at, ${time});`];
  }
  if (plain === null) return [...start, stop];
  return [
    ...start,
    `const bytes = ${side}, start = ${side}From;`,
    `if (start + ${to} > ${side}To) ${stop}`,
    ...plainCode(plain, from, to, stop, known),
  ];
}
