import type { GivenEnds } from './whole-record.ts';

/** What surrounded a record in the file it came from. */
export interface Surroundings extends GivenEnds {
  /** All bytes between the record before it and this one: words, line ends. */
  readonly before: Uint8Array;
  /** It was the first of its file. */
  readonly first: boolean;
}
