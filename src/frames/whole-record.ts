/** Bytes that the `skip` options pass over at the ends of each record. */
export interface RecordEnds {
  readonly start: number;
  readonly end: number;
}

/** What stood there in the original. */
export interface GivenEnds {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
}

/** Put a record together: what stands before it, its bytes, X'00' as padding, what stands behind it. */
export function wholeRecord(record: Uint8Array, ends: RecordEnds, given: GivenEnds | null, padding = 0): Uint8Array {
  const { start, end } = ends;
  if (start + end + padding === 0) return record;
  const whole = new Uint8Array(start + record.length + padding + end);
  if (given !== null) whole.set(given.start.subarray(0, start));
  whole.set(record, start);
  if (given !== null) whole.set(given.end.subarray(0, end), start + record.length + padding);
  return whole;
}
