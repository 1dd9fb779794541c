import type { Stats } from 'node:fs';

let used = false;

/** Remember whether a file that is about to be opened is a named pipe. */
export function notePipe(file: Stats | null): void {
  if (file?.isFIFO() === true) used = true;
}

/** Tell whether named pipes are in use: opening, reading or writing one may last for ever, and `process.exit` waits for it. */
export function usesPipes(): boolean {
  return used;
}
