import { rmSync } from 'node:fs';

const pending = new Set<string>();

/** Remember a file that must not outlive an interrupted run. */
export function keepTrack(file: string): void {
  pending.add(file);
}

/** Forget a file that has been renamed into place or removed. */
export function loseTrack(file: string): void {
  pending.delete(file);
}

/** Remove what is left. Synchronous: it also runs when a signal ends the process. */
export function removeTemporaryFiles(): void {
  for (const file of pending) rmSync(file, { force: true });
  pending.clear();
}
