import type { Code } from '../../errors.ts';
import type { InputKind } from './stage-sources.ts';

/** What of one input the rewards could not use, for one reason: how often, and what was wrong the first time. */
export interface Refusal {
  /** The input; `coupon-frames` for rewards that cannot be written as a frame. */
  readonly input: InputKind | 'coupon-frames';
  readonly code: Code;
  readonly count: number;
  readonly message: string;
  /** Where it was the first time: the line of a file, the id of an event; `null` where that file was replaced. */
  readonly place: number | string | null;
}

const longest = 2000; // characters of a message that are kept

/** Counts what is refused, by input and code. */
export class Refusals {
  readonly #found = new Map<string, Refusal>();
  #json: string | null = '[]';

  get all(): readonly Refusal[] {
    return [...this.#found.values()];
  }

  /** The same as JSON, which is asked for far more often than it changes. */
  get json(): string {
    this.#json ??= JSON.stringify(this.all);
    return this.#json;
  }

  /** Count one, or what another partition counted. */
  add(refusal: Refusal): void {
    this.#json = null;
    const key = `${refusal.input} ${refusal.code}`;
    const known = this.#found.get(key);
    const count = refusal.count + (known?.count ?? 0);
    // What is known of a file that was replaced gives way to what is wrong with the one that took its place.
    const isKept = known !== undefined && (known.place !== null || refusal.place === null);
    const said = isKept ? known : { ...refusal, message: refusal.message.slice(0, longest) };
    this.#found.set(key, { ...said, count });
  }

  /** The file of an input is another one now: its lines are no places any more. */
  leave(input: Refusal['input']): void {
    this.#json = null;
    for (const [key, refusal] of this.#found) {
      if (refusal.input === input) this.#found.set(key, { ...refusal, place: null });
    }
  }

  /** Go back to what was saved. */
  restore(saved: readonly Refusal[]): void {
    this.#found.clear();
    this.#json = null;
    for (const refusal of saved) this.add(refusal);
  }
}
