import { type ByteText, putPiece, type TextPiece, textPiece } from '../../bytes/byte-text.ts';
import { jsonText, writeJsonCharacters } from '../../codec/json-text.ts';
import { type PlainField, plainRoom, putPlain } from '../../codec/plain-json.ts';
import type { FrameRole } from './catalog.ts';
import type { EventMember } from './compile-mapping.ts';
import type { EventFrame } from './event-builder.ts';
import { foundJson } from './found-value.ts';
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
  /** Bytes that the members take at most, where all are plain. */
  readonly room: number;
}

interface PlannedMember extends EventMember {
  /** `,"NAME":` */
  readonly prefix: TextPiece;
  /** It is that of the frame whose type has the mapping. */
  readonly isOwn: boolean;
  /** The place of a field that is mostly plain; 0 to 0 where there is none. */
  readonly plain: PlainField | null;
  readonly from: number;
  readonly to: number;
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
  const planned = members.map(plannedMember);
  return {
    event,
    members: planned,
    lacking,
    idStart,
    idEnd,
    start: textPiece(`{"id":"${idStart}`),
    behindId: textPiece(`${idEnd}"`),
    end: textPiece(`${lacking.map((name) => `,${jsonText(name)}:null`).join('')}}`),
    room: planned.reduce((room, { prefix, plain, from, to }) => {
      return room + prefix.length + (plain === null ? 0 : plainRoom(plain, to - from));
    }, 0),
  };
}

function plannedMember(member: EventMember): PlannedMember {
  const { plain } = member.field;
  return {
    ...member,
    prefix: textPiece(`,${jsonText(member.name)}:`),
    isOwn: member.side === 'own',
    plain: plain?.field ?? null,
    from: plain?.start ?? 0,
    to: plain?.end ?? 0,
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
  const { start, behindId, end } = plan;
  const { key, keyPiece, sequence, time } = frame;
  out.piece(start);
  if (keyPiece == null) writeJsonCharacters(String(key ?? ''), out);
  else out.piece(keyPiece);
  out.piece(colon);
  if (sequence !== null) out.number(sequence);
  out.piece(colon);
  if (time !== null) out.number(time);
  out.piece(behindId);
  writeMembers(plan, own, pair, out);
  out.piece(end);
}

/** Write the members: plain ones one after the other where there is room, all others by themselves. */
function writeMembers({ members, room }: EventPlan, own: FrameSource, pair: FrameSource, out: ByteText): void {
  out.reserve(room);
  let { buffer, view } = out;
  let at = out.length;
  for (const { prefix, plain, from, to, isOwn, field } of members) {
    const source = isOwn ? own : pair;
    const { bytes } = source;
    at = putPiece(view, at, prefix);
    const start = source.from;
    const end =
      plain === null || start + to > source.to ? -1 : putPlain(plain, bytes, start + from, start + to, buffer, at);
    if (end >= 0) at = end;
    else {
      out.length = at;
      if (field.isTime && source.time !== null) out.number(source.time);
      else out.text(foundJson(field.find(source)));
      out.reserve(room);
      ({ buffer, view } = out);
      at = out.length;
    }
  }
  out.length = at;
}
