/** Rows of bits, one bit for each campaign. An offset names a row. */
export interface FieldRows {
  /** From the offset of a row to that of the next one. */
  readonly stride: number;
  /** Add rows: without bits, or each with those of another one. Returns the offset of the first. */
  add(count: number, copied?: number | null): number;
  has(offset: number, bit: number): boolean;
  set(offset: number, bit: number): void;
  clear(offset: number, bit: number): void;
  /** Take all bits of a row away. */
  empty(offset: number): void;
}
