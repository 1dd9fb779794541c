import { type ByteText, type TextPiece, textPiece } from '../bytes/byte-text.ts';
import { toHex } from '../bytes/hex.ts';
import { jsonText, writeJsonCharacters } from '../codec/json-text.ts';
import type { FrameRole, FrameType } from '../frames/catalog/catalog.ts';
import type { HeadedFrame, MatchedPair } from '../streams/correlated-batch.ts';
import type { DecodedFrame } from './decoded-frame.ts';
import type { PairKey } from './pair-key.ts';
import { UtcPiece } from './utc-piece.ts';

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
  request: textPiece(',"request":'),
  time: textPiece(',"time":'),
  value: textPiece(',"value":'),
  response: textPiece('},"response":'),
  end: textPiece('}}'),
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
  /** What a side of a pair begins with, by the index of its type. */
  readonly #sides: TextPiece[] = [];

  constructor(hasSequence: boolean) {
    this.#hasSequence = hasSequence;
  }

  pair(pair: MatchedPair, key: PairKey, request: DecodedFrame, response: DecodedFrame, out: ByteText): void {
    out.piece(pieces.key);
    key.writeJson(out);
    out.piece(pieces.latency).number(pair.response.time - pair.request.time);
    this.#side(pair.request, request, out.piece(pieces.request));
    this.#side(pair.response, response, out.piece(pieces.response));
    out.piece(pieces.end);
  }

  raw({ type, role, key, sequence, time, bytes, reason }: RawFrame, out: ByteText): void {
    const name = type === null ? 'null' : jsonText(type.name);
    out.text(`{"type":${name},"role":"${role}","key":"`);
    writeJsonCharacters(key, out);
    this.#utc.write(time, out.text(`","sequence":${sequence}`).piece(pieces.time));
    if (reason !== undefined) out.text(`,"reason":${jsonText(reason)}`);
    out.text(`,"raw":"${toHex(bytes)}"}`);
  }

  /** All of a side but its last brace. */
  #side({ sequence, time }: HeadedFrame, { type, line, lineFrom, lineTo }: DecodedFrame, out: ByteText): void {
    out.piece(type === null ? noType : (this.#sides[type.index] ?? this.#sideOf(type)));
    if (this.#hasSequence) out.number(sequence);
    else out.piece(pieces.null);
    this.#utc.write(time, out.piece(pieces.time));
    out.piece(pieces.value).copy(line, lineFrom, lineTo);
  }

  #sideOf(type: FrameType): TextPiece {
    const side = sidePiece(jsonText(type.name));
    this.#sides[type.index] = side;
    return side;
  }
}

function sidePiece(type: string): TextPiece {
  return textPiece(`{"type":${type},"sequence":`);
}

const noType = sidePiece('null');
