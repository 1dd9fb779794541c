/** Where a record keeps what one function leaves for another. */
export interface RecordMemory {
  /** 4 bytes for each base; the first, the start of the record, needs none. */
  readonly basesAt: number;
  /** See `slotParts`. */
  readonly slotsAt: number;
}
