import {
  type ByteText,
  numberRoom,
  putNumber,
  putPiece,
  putText,
  type TextPiece,
  textPiece,
} from '../bytes/byte-text.ts';
import { writeHex } from '../bytes/hex.ts';
import { jsonText, writeJsonCharacters } from '../codec/json-text.ts';
import type { FrameRole, FrameType } from '../frames/catalog/catalog.ts';
import type { HeadedFrame } from '../streams/headed-frame.ts';
import type { MatchedPair } from '../streams/matched-pair.ts';
import type { DecodedFrame } from './decoded-frame.ts';
import type { PairKey } from './pair-key.ts';
import { UtcPiece, utcRoom } from './utc-piece.ts';

/** A frame that was not decoded, as its topic shows it. */
export interface RawFrame {
  readonly type: FrameType | null;
  readonly role: FrameRole;
  readonly key: string;
  /** `null` in a protocol without. */
  readonly sequence: number | null;
  readonly time: number;
  readonly bytes: Uint8Array;
  readonly reason?: string | undefined;
}

const pieces = {
  key: textPiece('{"key":"'),
  latency: textPiece('","latency":'),
  time: textPiece(',"time":'),
  value: textPiece(',"value":'),
  end: textPiece('}}'),
  sequence: textPiece('","sequence":'),
  raw: textPiece(',"raw":"'),
  rawEnd: textPiece('"}'),
  null: textPiece('null'),
};

/**
 * Writes the values of topics, lines of JSON.
 *
 * A pair is `{key,latency,request,response}`, both with `type`, `sequence`, `time` and the whole frame as `value`; a frame that is not
 * decoded is `{type,role,key,sequence,time,raw}`, with its bytes in hexadecimal.
 */
export class TopicLines {
  readonly #utc = new UtcPiece();
  readonly #hasSequence: boolean;
  /** What the sides of a pair begin with, by the index of their type. */
  readonly #requests: TextPiece[] = [];
  readonly #responses: TextPiece[] = [];
  /** What frames that are not decoded begin with, by role and the index of their type; 0 is of those without one. */
  readonly #heads: Partial<Record<FrameRole, TextPiece[]>> = {};

  constructor(hasSequence: boolean) {
    this.#hasSequence = hasSequence;
  }

  pair(pair: MatchedPair, key: PairKey, request: DecodedFrame, response: DecodedFrame, out: ByteText): void {
    out.piece(pieces.key);
    key.writeJson(out);
    out.piece(pieces.latency).number(pair.response.time - pair.request.time);
    this.#side(sideOf(request.type, ',"request":', this.#requests), pair.request, request, out);
    this.#side(sideOf(response.type, '},"response":', this.#responses), pair.response, response, out);
    out.piece(pieces.end);
  }

  raw({ type, role, key, sequence, time, bytes, reason }: RawFrame, out: ByteText): void {
    writeJsonCharacters(key, out.piece(headOf(type, role, this.#heads)));
    out.piece(pieces.sequence);
    if (sequence === null) out.piece(pieces.null);
    else out.number(sequence);
    this.#utc.write(time, out.piece(pieces.time));
    if (reason !== undefined) out.text(`,"reason":${jsonText(reason)}`);
    out.piece(pieces.raw);
    writeHex(bytes, out);
    out.piece(pieces.rawEnd);
  }

  /** All of a side but its last brace. */
  #side(
    start: TextPiece,
    { sequence, time }: HeadedFrame,
    { line, lineFrom, lineTo }: DecodedFrame,
    out: ByteText,
  ): void {
    out.reserve(start.length + sideRoom + lineTo - lineFrom);
    const { buffer, view } = out;
    let at = putPiece(view, out.length, start);
    at = this.#hasSequence ? putNumber(buffer, at, sequence) : putPiece(view, at, pieces.null);
    at = putPiece(view, at, pieces.time);
    const end = this.#utc.put(time, buffer, view, at);
    if (end >= 0) at = putPiece(view, end, pieces.value);
    else at += out.buffer.write(`${JSON.stringify(new Date(time))},"value":`, at);
    out.length = putText(view, at, line, lineFrom, lineTo);
  }
}

/** Bytes of a side beside what it begins with and the frame. */
const sideRoom = numberRoom + pieces.time.length + utcRoom + pieces.value.length;

function headOf(type: FrameType | null, role: FrameRole, known: Partial<Record<FrameRole, TextPiece[]>>): TextPiece {
  const index = type === null ? 0 : type.index + 1;
  known[role] ??= [];
  let head = known[role][index];
  if (head === undefined) {
    head = textPiece(`{"type":${type === null ? 'null' : jsonText(type.name)},"role":"${role}","key":"`);
    known[role][index] = head;
  }
  return head;
}

function sideOf(type: FrameType | null, before: string, known: TextPiece[]): TextPiece {
  const found = type === null ? undefined : known[type.index];
  if (found !== undefined) return found;
  const side = textPiece(`${before}{"type":${type === null ? 'null' : jsonText(type.name)},"sequence":`);
  if (type !== null) known[type.index] = side;
  return side;
}
