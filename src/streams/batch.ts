/**
 * A unit of work and commit: messages of one partition, in the order of its journal. Nothing is decided at its end: any other batching of
 * the same messages gives the same output. An empty batch still carries its positions.
 */
export interface Batch<Message> {
  readonly partition: number;
  readonly messages: readonly Message[];
  /** Position of the first message in the partition's journal, and that behind the last one. */
  readonly from: number;
  readonly to: number;
}
