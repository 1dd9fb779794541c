import type { SourceStatus } from '../../streams/source.ts';

/** When an input counts as idle, and how often silence is told, in milliseconds. */
export interface IdleOptions {
  /** Silence after which a caught-up input is idle. Default 1,000. */
  readonly after?: number | undefined;
  /** Silence told by one tick. Default 1,000. */
  readonly tick?: number | undefined;
}

/** What silence turned into: marks of inputs, and silent time. Each is journalled before it takes effect. */
export type IdleFinding = { readonly input: number; readonly idle: boolean } | { readonly elapsed: number };

/** What a watch knows. */
export interface IdleState {
  readonly inputs: readonly { readonly idle: boolean; readonly silent: number }[];
  readonly elapsed: number;
  readonly begun: boolean;
}

/**
 * Finds out which inputs are idle: caught up and silent. Only time that was spent waiting for input counts, so that backpressure, a slow
 * commit, restore and downtime are never idle; nor is a connection that is lost.
 */
export class IdleWatch {
  readonly #after: number;
  readonly #tick: number;
  readonly #inputs: { idle: boolean; silent: number }[];
  #elapsed = 0;
  #begun: boolean;

  /** `idle` says for each input whether it was when the last commit was made; `begun`, whether there ever was a frame. */
  constructor(options: IdleOptions, idle: readonly boolean[], begun: boolean) {
    this.#after = options.after ?? 1000;
    this.#tick = options.tick ?? 1000;
    this.#inputs = idle.map((flag) => ({ idle: flag, silent: 0 }));
    this.#begun = begun;
  }

  get begun(): boolean {
    return this.#begun;
  }

  get idle(): boolean[] {
    return this.#inputs.map((input) => input.idle);
  }

  /** What it knows, for `restore`. */
  save(): IdleState {
    return { inputs: this.#inputs.map((input) => ({ ...input })), elapsed: this.#elapsed, begun: this.#begun };
  }

  restore({ inputs, elapsed, begun }: IdleState): void {
    for (const [index, input] of inputs.entries()) Object.assign(this.#inputs[index] ?? {}, input);
    this.#elapsed = elapsed;
    this.#begun = begun;
  }

  /** Begin after a start: nobody knows what happened meanwhile, so no input is idle. */
  restart(): IdleFinding[] {
    return this.#inputs.flatMap((_input, index) => this.#mark(index, false));
  }

  /** An input gave something. What is found comes before it. */
  delivered(index: number): IdleFinding[] {
    this.#begun = true;
    const input = this.#inputs[index];
    if (input !== undefined) input.silent = 0;
    return this.#mark(index, false);
  }

  /** So much time was spent waiting, and none of the inputs gave anything. */
  waited(milliseconds: number, statuses: readonly SourceStatus[]): IdleFinding[] {
    const wasIdle = this.#allIdle();
    const findings: IdleFinding[] = [];
    for (const [index, input] of this.#inputs.entries()) {
      const status = statuses[index];
      if (status === 'ended') findings.push(...this.#mark(index, true));
      else if (status === 'caught-up') {
        input.silent += milliseconds;
        if (input.silent >= this.#after) findings.push(...this.#mark(index, true));
      } else {
        input.silent = 0;
        findings.push(...this.#mark(index, false));
      }
    }
    if (!wasIdle || !this.#allIdle()) {
      this.#elapsed = 0;
      return findings;
    }
    this.#elapsed += milliseconds;
    if (this.#begun && this.#elapsed >= this.#tick) {
      findings.push({ elapsed: this.#elapsed });
      this.#elapsed = 0;
    }
    return findings;
  }

  #allIdle(): boolean {
    return this.#inputs.every((input) => input.idle);
  }

  #mark(index: number, idle: boolean): IdleFinding[] {
    const input = this.#inputs[index];
    if (input === undefined || input.idle === idle) return [];
    input.idle = idle;
    if (!idle) this.#elapsed = 0;
    return [{ input: index, idle }];
  }
}
