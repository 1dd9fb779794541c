/** An item of one of the plan's records: what a number means that callbacks are called with. */
export interface Reference {
  readonly record: number;
  readonly item: number;
  /** Which entries of the tables around it is meant, outermost first: where it may have notes. */
  readonly subscripts?: readonly Subscript[];
}

/** A subscript, or the address at which it is kept. */
export type Subscript = number | { readonly keptAt: number };
