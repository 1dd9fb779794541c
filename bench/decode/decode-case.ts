import type { CodecOptions } from 'overpunch/codec';
import type { RecordContents } from './fill-record.ts';
import type { Random } from './random.ts';

/** Records of a copybook that decoding is measured on. */
export interface DecodeCase {
  readonly title: string;
  readonly copybook: string;
  readonly options?: CodecOptions;
  /** `rdw`: each record behind its descriptor word. Default `fixed`: back to back. */
  readonly framing?: 'fixed' | 'rdw';
  readonly contents: RecordContents;
  /** The 01 of the next record. Default: the first. */
  record?(names: readonly string[], random: Random): string;
  /** A field that is written anew for every record, where the others are those of one in a pool. */
  readonly refreshed?: string;
  /** Ratios to the scalar C baseline. */
  readonly floor: number;
  readonly goal: number;
}
