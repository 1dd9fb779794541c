import type { Process } from '../../src/runtime/embedded/process.ts';

/** A process without state: each frame goes on as it came. */
export class Relay implements Process {
  run(...[{ messages }, outputs]: Parameters<Process['run']>): void {
    for (const entry of messages) {
      if (entry.kind === 'frame') outputs.topic('relayed').append(new Uint8Array(0), entry.ingested, entry.bytes);
    }
  }
}
