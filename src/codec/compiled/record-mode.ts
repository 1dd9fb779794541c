/**
 * How a record is read: `fast` translates text 16 bytes at once and refuses what is not plain, `careful` takes every character, `noting`
 * every field without an error.
 */
export type RecordMode = 'fast' | 'careful' | 'noting';
