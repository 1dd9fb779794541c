/** One thing that every backend does; `run` throws, or rejects, when this one does not. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}
