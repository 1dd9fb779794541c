/** The file that a partition writes to. With several partitions each has its own: NAME.jsonl becomes NAME.0.jsonl. */
export function partitionFile(path: string, partition: number, partitions: number): string {
  return partitions === 1 ? path : path.replace(/(?=\.[^./]*$|$)/, `.${partition}`);
}
