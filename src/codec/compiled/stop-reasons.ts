/** Why a run stopped: the output is full, the next record is left to the reference decoder, or there are notes about the last one that is done. */
export const stopReasons = { end: 0, full: 1, unusual: 2, noted: 3 } as const;

/** Why a run of records stopped: `end` behind the last of them, `noted` behind one that is done. */
export type StopReason = keyof typeof stopReasons;
