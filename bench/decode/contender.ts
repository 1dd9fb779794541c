/** What a process that decodes a file in memory printed: medians of its rounds. */
export interface Measured {
  /** Of the processor. */
  readonly seconds: number;
  /** Bytes of input that it decoded in that time. */
  readonly bytes: number;
  readonly records: number;
  /** How long copying the same bytes took, where it was measured. */
  readonly memcpySeconds?: number;
}
