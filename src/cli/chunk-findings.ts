import type { ChunkFound } from './chunk-part.ts';
import { ProblemReport } from './problem-report.ts';
import type { DecodeJob } from './record-run.ts';

/** Gathers what a chunk has to tell. */
export class ChunkFindings {
  /** Takes the lines of bad records. */
  readonly quarantine: NonNullable<DecodeJob['quarantine']>;
  /** Takes what is wrong with records. */
  readonly report: DecodeJob['report'];
  readonly #verbose: boolean;
  #lines: Uint8Array<ArrayBuffer>[] = [];
  #quarantine: string[] = [];
  #told: string[] = [];
  #problems: ProblemReport;
  #empty = true;
  #size = 0;

  constructor(verbose: boolean) {
    this.#verbose = verbose;
    this.#problems = this.#newReport();
    this.quarantine = {
      add: (text) => {
        this.#empty = false;
        this.#quarantine.push(text);
        this.#size += text.length;
      },
      full: false,
      flush: async () => undefined,
    };
    this.report = {
      add: (place, issues) => {
        this.#empty = false;
        this.#problems.add(place, issues);
      },
    };
  }

  /** Bytes or characters, whatever takes more of them. */
  get size(): number {
    return this.#size;
  }

  addLines(bytes: Uint8Array): void {
    this.#empty = false;
    this.#lines.push(Uint8Array.from(bytes));
    this.#size += bytes.length;
  }

  /** Give what there is, and start anew; `null`: there is nothing. */
  take(): ChunkFound | null {
    if (this.#empty) return null;
    const report = { lines: this.#told, ...this.#problems.rest };
    const found = { lines: this.#lines, quarantine: this.#quarantine, report };
    this.#lines = [];
    this.#quarantine = [];
    this.#told = [];
    this.#problems = this.#newReport();
    this.#empty = true;
    this.#size = 0;
    return found;
  }

  #newReport(): ProblemReport {
    return new ProblemReport((line) => {
      this.#told.push(line);
      this.#size += line.length;
    }, this.#verbose);
  }
}
