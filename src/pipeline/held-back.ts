import type { Process } from '../runtime/embedded/process.ts';

/** Make a process that takes a batch only when something else is so far. */
export function heldBack(process: Process, ready: () => Promise<void>): Process {
  return {
    get watermark() {
      return process.watermark ?? null;
    },
    async run(batch, outputs) {
      await ready();
      await process.run(batch, outputs);
    },
    save: () => process.save?.(),
    rollback: () => process.rollback?.(),
    close: () => process.close?.(),
  };
}
