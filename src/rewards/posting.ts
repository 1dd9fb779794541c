/** Words of a posting: what stands of a campaign in a list of a path, so that most of those that a bet does not meet are passed by without a look elsewhere. */
export const postingWidth = 4;

/** Where they are. */
export const inPosting = {
  /** The rank of the campaign. */
  rank: 0,
  /** The pieces of a number that it admits, as halves of a word: the first one in the lower one. */
  range: 1,
  /** A bit for each row of a field with few rows. */
  mask: 2,
  /** The bit of the campaign in rows of bits, and what else is to be looked at. */
  slot: 3,
} as const;

/** Bits of the slot of a posting. */
export const postingNeeds = {
  /** Fields whose bits stand together. */
  columns: 0x1000_0000,
  /** Fields that have rows of bits. */
  rows: 0x2000_0000,
  /** Its condition, or fields whose values share rows. */
  rest: 0x4000_0000,
} as const;

/** The slot without them. */
export const slotBits: number = 0x0fff_ffff;
