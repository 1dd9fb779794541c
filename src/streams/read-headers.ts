import type { Batch } from './batch.ts';
import type { HeadedBatch, HeaderIssue } from './headed-batch.ts';
import { entryKinds, JournalColumns } from './journal-columns.ts';
import type { FrameEntry, JournalEntry } from './journal-entry.ts';

/** A view of a frame's header that is moved from frame to frame: what `createHeaderReader` of `overpunch/frames` makes. */
export interface HeaderView {
  /** Move to the frame that starts at `offset`; `false` when fewer bytes than a header are there. */
  at(bytes: Uint8Array, offset: number): boolean;
  /** Where the protocol has types: −1 for a frame that is of none of them. */
  readonly type?: number;
  /** 0 request, 1 response, 2 notice; anything else cannot be told. */
  readonly direction: number;
  /** NaN when only `keyText` tells. */
  readonly key: number;
  readonly sequence: number;
  /** Event time in milliseconds since 1970-01-01T00:00:00Z, NaN when it cannot be read. */
  readonly time: number;
  keyText(): string;
}

/** Read the headers of a batch of the journal. */
export function readHeaders(batch: Batch<JournalEntry>, header: HeaderView): HeadedBatch {
  const columns = new JournalColumns(batch.messages.length);
  const issues = new Map<number, HeaderIssue>();
  for (const entry of batch.messages) {
    if (entry.kind === 'tick') columns.addMark(entryKinds.tick, entry.position, 0, entry.elapsed);
    else if (entry.kind === 'input') {
      columns.addMark(entry.idle ? entryKinds.idle : entryKinds.active, entry.position, entry.input, 0);
    } else {
      const issue = readHeader(entry, header, columns);
      if (issue !== null) issues.set(columns.length - 1, issue);
    }
  }
  return { ...batch, columns, issues };
}

function readHeader(entry: FrameEntry, header: HeaderView, columns: JournalColumns): HeaderIssue | null {
  const { bytes, garbage, ingested, input, position } = entry;
  if (garbage !== undefined || !header.at(bytes, 0) || header.type === -1) {
    return refuse(entry, garbage ?? headerIssue(header, bytes), columns);
  }
  const { direction, sequence, time } = header;
  if (direction !== 0 && direction !== 1 && direction !== 2) return refuse(entry, undirected, columns);
  const number = header.key;
  const key = direction < 2 && Number.isNaN(number) ? header.keyText() : number;
  columns.addFrame(position, input, ingested ?? Number.NaN, direction, key, sequence, time, bytes.length);
  if (columns.kind[columns.length - 1] !== entryKinds.unreadable) return null;
  const field = Number.isFinite(time) ? (Number.isFinite(sequence) ? 'key or event time' : 'sequence') : 'event time';
  return { code: 'HEADER_FIELD', message: `the ${field} of the header cannot be read` };
}

const undirected: HeaderIssue = {
  code: 'HEADER_FIELD',
  message: 'the header does not tell whether it is a request or a response',
};

/** Say why the view does not show a frame. */
function headerIssue(header: HeaderView, bytes: Uint8Array): HeaderIssue {
  if (header.at(bytes, 0)) return { code: 'FRAME_TYPE', message: 'the frame is of no type of the catalog' };
  return { code: 'HEADER_CUT', message: `the frame has ${bytes.length} bytes, fewer than its header` };
}

/** Let a frame stay in its place as one that cannot be read. */
function refuse(
  { bytes, ingested, input, position }: FrameEntry,
  issue: HeaderIssue,
  columns: JournalColumns,
): HeaderIssue {
  const { unreadable } = entryKinds;
  columns.addFrame(position, input, ingested ?? Number.NaN, unreadable, Number.NaN, 0, Number.NaN, bytes.length);
  return issue;
}
