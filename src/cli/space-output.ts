import type { DecodingSpace } from '../codec/compiled/decoding-space.ts';
import type { OutputTarget } from './output-target.ts';
import { recordLine } from './record-line.ts';
import type { RecordOutput } from './record-output.ts';

const usualBatch = 64 * 1024;

/**
 * Write the lines of JSON that a compiled decoder leaves in its space, straight from there. Records that it did not decode come by
 * `add`, and stand behind the lines that are there. `batch` bytes of lines are worth a write.
 */
export function spaceOutput(target: OutputTarget, space: DecodingSpace, batch: number = usualBatch): RecordOutput {
  let parts: Uint8Array[] = []; // what came before the lines in the space, when there was no room
  const flush = async (): Promise<void> => {
    const before = parts;
    parts = [];
    for (const part of before) await target.write(part);
    if (space.outputLength > 0) await target.write(space.output);
    space.clear();
  };
  return {
    target,
    add(record): void {
      const line = recordLine(record, () => record.codec.toJson(record.reading));
      if (space.append(line)) return;
      parts.push(Uint8Array.from(space.output));
      space.clear();
      if (!space.append(line)) parts.push(Buffer.from(`${line}\n`));
    },
    get full(): boolean {
      return parts.length > 0 || space.outputLength >= batch;
    },
    flush,
    async commit(): Promise<void> {
      await flush();
      await target.commit();
    },
    async abandon(): Promise<void> {
      parts = [];
      space.clear();
      await target.abandon();
    },
  };
}
