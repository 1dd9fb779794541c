import type { RecordLayout } from '../copybook/layout.ts';

/** The DCB attributes that suit a record: FB with its length, or VB with the longest and 4 bytes of RDW. */
export interface RecordFormat {
  readonly recfm: 'FB' | 'VB';
  readonly lrecl: number;
  /** Bytes DFSORT counts before the record. */
  readonly shift: 0 | 4;
}

/** Derive RECFM and LRECL from a record's lengths. */
export function recordFormat(record: RecordLayout): RecordFormat {
  const { minimumLength, maximumLength } = record;
  if (minimumLength === maximumLength) return { recfm: 'FB', lrecl: maximumLength, shift: 0 };
  return { recfm: 'VB', lrecl: maximumLength + 4, shift: 4 };
}
