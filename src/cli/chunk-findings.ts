import type { ChunkEnd, ChunkPart } from './chunk-part.ts';
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
  #size = 0;

  constructor(verbose: boolean) {
    this.#verbose = verbose;
    this.#problems = this.#newReport();
    this.quarantine = {
      add: (text) => {
        this.#quarantine.push(text);
        this.#size += text.length;
      },
      full: false,
      flush: async () => undefined,
    };
    this.report = { add: (place, issues) => this.#problems.add(place, issues) };
  }

  /** Bytes or characters, whatever takes more of them. */
  get size(): number {
    return this.#size;
  }

  addLines(bytes: Uint8Array): void {
    this.#lines.push(Uint8Array.from(bytes));
    this.#size += bytes.length;
  }

  /** Give what there is, and start anew. */
  take(chunk: number, end: ChunkEnd | null): ChunkPart {
    const report = { lines: this.#told, ...this.#problems.rest };
    const part = { chunk, lines: this.#lines, quarantine: this.#quarantine, report, end };
    this.#lines = [];
    this.#quarantine = [];
    this.#told = [];
    this.#problems = this.#newReport();
    this.#size = 0;
    return part;
  }

  #newReport(): ProblemReport {
    return new ProblemReport((line) => {
      this.#told.push(line);
      this.#size += line.length;
    }, this.#verbose);
  }
}
