import type { TopicBatch } from '../streams/receiver.ts';

const lineEnd = 10;

/**
 * Write a batch as JSON lines: one that says what follows, then the values of its records.
 *
 * The first is `{"pipeline":…,"topic":…,"partition":…,"batch":…,"offset":…,"records":…}`, the last two being the offset of the first record and how
 * many there are.
 */
export function batchLines({ pipeline, topic, partition, number, offset, records }: TopicBatch): Buffer {
  const head = JSON.stringify({ pipeline, topic, partition, batch: number, offset, records: records.length });
  const lines = Buffer.allocUnsafe(records.reduce((sum, { value }) => sum + value.length + 1, head.length + 1));
  let at = lines.write(head, 'latin1'); // names are plain: letters, digits and a few signs
  lines[at++] = lineEnd;
  for (const { value } of records) {
    lines.set(value, at);
    at += value.length;
    lines[at++] = lineEnd;
  }
  return lines;
}
