/** One measured number. Names are paths: `header/cold/ns-per-frame`. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the project holds itself to, and hopes for: at most these for times, at least these for rates. */
  readonly floor?: number;
  readonly goal?: number;
  /** Whether more is better. Default: for units that end with `/s`. */
  readonly rising?: boolean;
}

/** How long and on how much data to measure. */
export interface Effort {
  /** Less data and fewer rounds: to see that it works, not how fast it is. */
  readonly quick: boolean;
  /** Times that every contender is run, in turn with the others. */
  readonly rounds: number;
  /** The one part to measure of a benchmark that has parts; `null`: all. */
  readonly part: string | null;
}

/** Measures one part of the product against baselines in the same run. It has a process to itself. */
export interface Benchmark {
  /** What is measured, in one line. */
  readonly title: string;
  run(effort: Effort): Promise<readonly Figure[]>;
}
