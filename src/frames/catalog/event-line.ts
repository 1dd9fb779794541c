import { type ByteText, type TextPiece, textPiece } from '../../bytes/byte-text.ts';
import { jsonText, writeJsonCharacters } from '../../codec/json-text.ts';
import type { FrameRole } from './catalog.ts';
import type { EventMember } from './compile-mapping.ts';
import type { EventFrame } from './event-builder.ts';
import type { FrameSource } from './frame-source.ts';

/** How events of one mapping are made. */
export interface EventPlan {
  readonly event: string;
  readonly members: readonly PlannedMember[];
  /** Members that other mappings of the event have. */
  readonly lacking: readonly string[];
  /** What ids begin with, and end with: which mapping of the frame's it is. */
  readonly idStart: string;
  readonly idEnd: string;
  /** What lines begin with, what stands behind the id, and behind the members. */
  readonly start: TextPiece;
  readonly behindId: TextPiece;
  readonly end: TextPiece;
}

interface PlannedMember extends EventMember {
  /** `,"NAME":` */
  readonly prefix: TextPiece;
}

/**
 * Plan the events of the mapping with an index among those of frames of a role. Each event has all the members of the events with its
 * name.
 */
export function eventPlan(
  event: string,
  members: readonly EventMember[],
  all: readonly string[],
  role: FrameRole,
  index: number,
): EventPlan {
  const own = new Set(members.map(({ name }) => name));
  const lacking = all.filter((name) => !own.has(name));
  const idStart = `${event}:${role}:`;
  const idEnd = `:${index}`;
  return {
    event,
    members: members.map((member) => ({ ...member, prefix: textPiece(`,${jsonText(member.name)}:`) })),
    lacking,
    idStart,
    idEnd,
    start: textPiece(`{"id":"${idStart}`),
    behindId: textPiece(`${idEnd}"`),
    end: textPiece(`${lacking.map((name) => `,${jsonText(name)}:null`).join('')}}`),
  };
}

const colon = textPiece(':');

/**
 * Write an event as a line of JSON. `own` is the frame whose type has the mapping, `pair` the one it pairs with; the event is named after
 * `frame`.
 */
export function writeEvent(
  plan: EventPlan,
  frame: EventFrame,
  own: FrameSource,
  pair: FrameSource,
  out: ByteText,
): void {
  const { members, start, behindId, end } = plan;
  const { key, keyPiece, sequence, time } = frame;
  out.piece(start);
  if (keyPiece == null) writeJsonCharacters(String(key ?? ''), out);
  else out.piece(keyPiece);
  out.piece(colon);
  if (sequence !== null) out.number(sequence);
  out.piece(colon);
  if (time !== null) out.number(time);
  out.piece(behindId);
  for (const { prefix, field, side } of members) {
    out.piece(prefix);
    field.write(side === 'own' ? own : pair, out);
  }
  out.piece(end);
}
