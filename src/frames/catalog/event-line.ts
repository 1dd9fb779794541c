import { type ByteText, numberRoom, type TextPiece, textPiece } from '../../bytes/byte-text.ts';
import { jsonText, writeJsonCharacters } from '../../codec/json-text.ts';
import { plainRoom } from '../../codec/plain-json.ts';
import type { FrameRole } from './catalog.ts';
import type { EventMember } from './compile-mapping.ts';
import type { EventFrame } from './event-builder.ts';
import { type CodedMember, type MembersWriter, membersWriter } from './event-members-code.ts';
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
  /** Made when the first event is written. */
  write: MembersWriter | null;
}

interface PlannedMember extends EventMember, CodedMember {}

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
      return room + prefix.length + (plain === null ? numberRoom : plainRoom(plain, to - from));
    }, 0),
    write: null,
  };
}

function plannedMember(member: EventMember): PlannedMember {
  const { plain } = member.field;
  return {
    ...member,
    prefix: textPiece(`,${jsonText(member.name)}:`),
    isOwn: member.side === 'own',
    isTime: member.field.isTime,
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
function writeMembers(plan: EventPlan, own: FrameSource, pair: FrameSource, out: ByteText): void {
  const { members, room } = plan;
  plan.write ??= membersWriter(members);
  const { write } = plan;
  const ownTime = own.time ?? Number.NaN;
  const pairTime = pair.time ?? Number.NaN;
  for (let first = 0; ; first++) {
    out.reserve(room);
    const { buffer, view, length } = out;
    const end = write(
      first,
      own.bytes,
      own.from,
      own.to,
      ownTime,
      pair.bytes,
      pair.from,
      pair.to,
      pairTime,
      view,
      buffer,
      length,
      stopped,
    );
    if (end >= 0) {
      out.length = end;
      return;
    }
    first = ~end;
    const { field, isOwn } = members[first] as PlannedMember;
    const source = isOwn ? own : pair;
    out.length = stopped[0] as number;
    if (field.isTime && source.time !== null) out.number(source.time);
    else out.text(foundJson(field.find(source)));
  }
}

const stopped = new Int32Array(1);
