/** Where a record keeps what one function leaves for another. */
export interface RecordMemory {
  /** 4 bytes for each base but the first. */
  readonly basesAt: number;
  /** See `slotParts`. */
  readonly slotsAt: number;
}
