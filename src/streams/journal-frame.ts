import type { FrameEntry } from './journal-entry.ts';
import type { SourceFrame } from './source.ts';

/** The entry of a frame about which there is no more to say. It has a constructor for the same reason as a headed frame. */
class JournalFrame implements FrameEntry {
  readonly kind = 'frame';
  readonly position: number;
  readonly input: number;
  readonly ingested: number | null;
  readonly bytes: Uint8Array;

  constructor(position: number, input: number, ingested: number | null, bytes: Uint8Array) {
    this.position = position;
    this.input = input;
    this.ingested = ingested;
    this.bytes = bytes;
  }
}

type Mutable<Entry> = { -readonly [Name in keyof Entry]: Entry[Name] };

/** Make the journal entry of a frame that a source gave. */
export function journalFrame(frame: SourceFrame, position: number, input: number): FrameEntry {
  const { bytes, ingested, garbage, first, line } = frame;
  if (garbage === undefined && line === undefined && first === undefined) {
    return new JournalFrame(position, input, ingested, bytes);
  }
  const entry: Mutable<FrameEntry> = { kind: 'frame', position, input, ingested, bytes };
  if (garbage !== undefined) entry.garbage = garbage;
  if (first !== undefined) entry.first = first;
  if (line !== undefined) entry.line = line;
  return entry;
}
