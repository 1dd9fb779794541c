import { BatchedWriter } from './batched-writer.ts';
import type { OutputTarget } from './output-target.ts';
import { recordLine } from './record-line.ts';
import { type MemberChoice, membersJson, type OutputRecord } from './record-members.ts';
import type { RecordOutput } from './record-output.ts';

/** How JSON records are put together. */
export interface JsonOutputOptions {
  /** One array instead of a line each. */
  readonly array: boolean;
  readonly members: MemberChoice;
}

/** Write records as JSON lines, or as one JSON array with a record on each line. */
export function jsonOutput(target: OutputTarget, options: JsonOutputOptions): RecordOutput {
  const { array, members: choice } = options;
  const writer = new BatchedWriter(target);
  let first = true;

  const line = (record: OutputRecord): string => {
    const body = record.codec.toJson(record.reading);
    if (!choice.meta && !choice.raw) return body;
    const members = membersJson(record, choice);
    return body === '{}' ? `{${members}}` : `{${members},${body.slice(1)}`;
  };

  return {
    add(record: OutputRecord): void {
      const text = recordLine(record, () => line(record));
      if (array) writer.add(first ? '[\n' : ',\n');
      writer.add(text);
      if (!array) writer.add('\n');
      first = false;
    },
    get full(): boolean {
      return writer.full;
    },
    flush: () => writer.flush(),
    async commit(): Promise<void> {
      if (array) writer.add(first ? '[]\n' : '\n]\n');
      await writer.commit();
    },
    abandon: () => writer.abandon(),
  };
}
