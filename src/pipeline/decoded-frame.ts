import type { TextPiece } from '../bytes/byte-text.ts';
import type { Issue } from '../codec/issue.ts';
import type { RecordReading } from '../codec/reading.ts';
import type { FrameType } from '../frames/catalog/catalog.ts';
import type { EventFrame } from '../frames/catalog/event-builder.ts';

const noIssues: readonly Issue[] = [];
const noBytes = new Uint8Array(0);
const noLine = new DataView(noBytes.buffer);

/**
 * A frame that was decoded whole, or what is wrong with it. It is filled anew for frame after frame, which takes less than making one for
 * each.
 *
 * As a frame of events it has the key, sequence and time that it was named by.
 */
export class DecodedFrame implements EventFrame {
  type: FrameType | null = null;
  /** Header and body as JSON: these bytes from `lineFrom` to `lineTo`. */
  line: DataView = noLine;
  lineFrom = 0;
  lineTo = 0;
  /** Errors, when it does not decode; empty otherwise. */
  issues: readonly Issue[] = noIssues;
  key = '';
  keyPiece: TextPiece | null = null;
  sequence: number | null = null;
  time: number | null = null;
  plain: Uint8Array = noBytes;
  from = 0;
  to = 0;
  reading: RecordReading | null = null;

  /** It decodes, and these `length` bytes from `from` on are its header and plain body. */
  setPlain(bytes: Uint8Array, from: number, length: number, reading: RecordReading | null = null): void {
    this.issues = noIssues;
    this.plain = bytes;
    this.from = from;
    this.to = from + length;
    this.reading = reading;
  }

  /** Events are made of it, with this key, which is a text or a piece of digits. */
  name(key: string, keyPiece: TextPiece | null, sequence: number | null, time: number | null): void {
    this.key = key;
    this.keyPiece = keyPiece;
    this.sequence = sequence;
    this.time = time;
  }

  /** It does not decode. */
  refuse(type: FrameType | null, issues: readonly Issue[]): void {
    this.type = type;
    this.issues = issues;
    this.line = noLine;
    this.lineFrom = 0;
    this.lineTo = 0;
  }

  /** Be the same frame as another. */
  copy({ type, line, lineFrom, lineTo, issues, plain, from, to, reading }: DecodedFrame): void {
    this.type = type;
    this.line = line;
    this.lineFrom = lineFrom;
    this.lineTo = lineTo;
    this.issues = issues;
    this.plain = plain;
    this.from = from;
    this.to = to;
    this.reading = reading;
  }
}
