import { writeSync } from 'node:fs';

/** Write all of the bytes to a file that does not make us wait. Throws what the system says. */
export function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
