/** Takes lines of JSON; they are good until it returns. */
export type TakeLines = (lines: Uint8Array) => void;
