/** What an entry of the journal is once its header was read; the first two are directions. */
export const entryKinds = { request: 0, response: 1, notice: 2, unreadable: 3, tick: 4, idle: 5, active: 6 } as const;

/** Latest event time there may be: that of a JavaScript date. */
const latestTime = 8.64e15;

/**
 * Journal entries with their headers, in columns: entry `i` is the i-th of every column. Filled by `addFrame` and `addMark`, used again
 * after `clear`.
 */
export class JournalColumns {
  length = 0;
  kind: Uint8Array;
  input: Int32Array;
  /** NaN where nobody knows. */
  ingested: Float64Array;
  /**
   * Four numbers for each, as `FrameRecords` has them: the key, the sequence, the event time (of a tick the time that went by) and the
   * position. The key is −1 when it is not a whole number from 0 to 2^53: then it is in `otherKeys`.
   */
  headers: Float64Array;
  /** The same bytes as integers. */
  words: Int32Array;
  /** Bytes of the frame. */
  size: Int32Array;
  readonly otherKeys: Map<number, string | number> = new Map();

  constructor(capacity = 64) {
    const room = Math.max(1, capacity);
    this.kind = new Uint8Array(room);
    this.input = new Int32Array(room);
    this.ingested = new Float64Array(room);
    this.headers = new Float64Array(4 * room);
    this.words = new Int32Array(this.headers.buffer);
    this.size = new Int32Array(room);
  }

  key(row: number): number | string {
    const number = this.headers[4 * row] as number;
    return number >= 0 ? number : (this.otherKeys.get(row) ?? Number.NaN);
  }

  sequence(row: number): number {
    return this.headers[4 * row + 1] as number;
  }

  time(row: number): number {
    return this.headers[4 * row + 2] as number;
  }

  position(row: number): number {
    return this.headers[4 * row + 3] as number;
  }

  clear(): void {
    this.length = 0;
    if (this.otherKeys.size > 0) this.otherKeys.clear();
  }

  /** Add a tick (`time`: what went by), or an input's idle or active mark. */
  addMark(kind: 4 | 5 | 6, position: number, input: number, time: number): void {
    const at = this.length;
    if (at === this.kind.length) this.grow();
    this.kind[at] = kind;
    this.input[at] = input;
    this.headers[4 * at + 2] = time;
    this.headers[4 * at + 3] = position;
    this.length = at + 1;
  }

  /**
   * Add a frame. `direction` is 0 for a request, 1 for a response, 2 for a notice, anything else is unreadable; so is a request or
   * response without a finite time and sequence, or a key that is NaN, infinite or empty. `ingested` is NaN where nobody knows.
   */
  addFrame(
    position: number,
    input: number,
    ingested: number,
    direction: number,
    key: string | number,
    sequence: number,
    time: number,
    size: number,
  ): void {
    const at = this.length;
    if (at === this.kind.length) this.grow();
    const { headers } = this;
    const row = 4 * at;
    let kind = direction === 0 || direction === 1 || direction === 2 ? direction : entryKinds.unreadable;
    if (kind < 2) {
      if (typeof key === 'number' && key >= 0 && key <= Number.MAX_SAFE_INTEGER && Math.floor(key) === key) {
        headers[row] = key + 0; // −0 becomes 0
      } else {
        headers[row] = -1;
        if (key === '' || (typeof key === 'number' && !Number.isFinite(key))) kind = entryKinds.unreadable;
        else this.otherKeys.set(at, key);
      }
      if (!(time >= -latestTime && time <= latestTime && Number.isFinite(sequence))) kind = entryKinds.unreadable;
    }
    this.kind[at] = kind;
    this.input[at] = input;
    this.ingested[at] = ingested;
    headers[row + 1] = sequence + 0;
    headers[row + 2] = time;
    headers[row + 3] = position;
    this.size[at] = size;
    this.length = at + 1;
  }

  private grow(): void {
    this.kind = doubled(this.kind);
    this.input = doubled(this.input);
    this.ingested = doubled(this.ingested);
    this.headers = doubled(this.headers);
    this.words = new Int32Array(this.headers.buffer);
    this.size = doubled(this.size);
  }
}

/** The same column with twice the room. */
export function doubled<Column extends Uint8Array | Int32Array | Float64Array>(column: Column): Column {
  const copy = new (column.constructor as new (length: number) => Column)(2 * column.length);
  copy.set(column);
  return copy;
}
