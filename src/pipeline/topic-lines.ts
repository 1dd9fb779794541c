import { toHex } from '../bytes/hex.ts';
import type { Issue } from '../codec/issue.ts';
import { jsonText } from '../codec/json-text.ts';
import type { FrameRole, FrameType } from '../frames/catalog/catalog.ts';
import { quarantineLine } from '../frames/quarantine-line.ts';
import type { HeadedFrame, MatchedPair } from '../streams/correlated-batch.ts';
import type { DecodedFrame } from './frame-decoder.ts';
import { LineBuffer } from './line-buffer.ts';

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

/**
 * Writes the values of topics, lines of JSON. What it returns holds until the next line is written.
 *
 * A pair is `{key,latency,request,response}`, both with `type`, `sequence`, `time` and the whole frame as `value`; a frame that is not
 * decoded is `{type,role,key,sequence,time,raw}`, with its bytes in hexadecimal.
 */
export class TopicLines {
  readonly #line = new LineBuffer();
  readonly #hasSequence: boolean;

  constructor(hasSequence: boolean) {
    this.#hasSequence = hasSequence;
  }

  /** `lines` holds those of frames that have no bytes of their own. */
  pair(pair: MatchedPair, key: string, request: DecodedFrame, response: DecodedFrame, lines: Buffer): Uint8Array {
    const latency = pair.response.time - pair.request.time;
    this.#line.begin().text('{"key":').text(jsonText(key)).text(',"latency":').text(String(latency));
    this.#line.text(',"request":');
    this.#side(pair.request, request, lines).text(',"response":');
    return this.#side(pair.response, response, lines).text('}').bytes;
  }

  /** A text as bytes. */
  text(text: string): Uint8Array {
    return this.#line.begin().text(text).bytes;
  }

  raw({ type, role, key, sequence, time, bytes, reason }: RawFrame): Uint8Array {
    const name = type === null ? 'null' : jsonText(type.name);
    const line = this.#line
      .begin()
      .text(`{"type":${name},"role":"${role}","key":${jsonText(key)},"sequence":${sequence}`);
    line.text(',"time":').time(time);
    if (reason !== undefined) line.text(`,"reason":${jsonText(reason)}`);
    return line.text(`,"raw":"${toHex(bytes)}"}`).bytes;
  }

  /** A quarantine line; `position` is that in the journal, and the record number counts entries of the journal. */
  quarantined(
    input: string,
    position: number,
    bytes: Uint8Array,
    issues: readonly Issue[],
    isFrame: boolean,
  ): Uint8Array {
    const record = isFrame ? position + 1 : null;
    return this.#line.begin().text(quarantineLine({ file: input, record, offset: position, bytes, issues })).bytes;
  }

  #side({ sequence, time }: HeadedFrame, { type, json, from, to }: DecodedFrame, lines: Buffer): LineBuffer {
    const number = this.#hasSequence ? sequence : null;
    const name = type === null ? 'null' : jsonText(type.name);
    const line = this.#line.text('{"type":').text(name).text(',"sequence":').text(String(number));
    line.text(',"time":').time(time);
    return line
      .text(',"value":')
      .json(json ?? lines, from, to)
      .text('}');
  }
}
