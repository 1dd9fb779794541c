import { OverpunchError } from '../errors.ts';

const mostInputs = 65_536;

/** One input as it is kept and restored. */
export interface InputState {
  readonly input: number;
  /** Largest event time seen, −Infinity when there was none. */
  readonly largest: number;
  readonly idle: boolean;
}

/** The largest event time of each input, and the smallest of them over the inputs that are not idle. */
export class InputClock {
  /** Smallest of the largest times of inputs that are not idle; −Infinity while one of them delivered nothing, or when all are idle. */
  low: number = Number.NEGATIVE_INFINITY;
  largest: Float64Array = new Float64Array(0);
  private idle = new Uint8Array(0);
  /** Inputs of the settings, and those that an entry named since. */
  private known = new Uint8Array(0);

  constructor(inputs: number) {
    if (inputs > 0) this.meet(inputs - 1);
    this.known.fill(1, 0, inputs);
  }

  /** Whether an input is known and had this time, or a later one, before. */
  saw(input: number, time: number): boolean {
    return time <= (this.largest[input] as number);
  }

  /** Take in the event time of a request or a response, which is at `headers[row + 2]`. */
  see(input: number, headers: Float64Array, row: number): void {
    if (this.known[input] !== 1) this.meet(input);
    const time = headers[row + 2] as number;
    const previous = this.largest[input] as number;
    if (time <= previous) return;
    this.largest[input] = time;
    if (this.idle[input] === 0 && previous <= this.low) this.low = this.lowest();
  }

  /** Take in that an input fell idle or is active again. */
  mark(input: number, idle: boolean): void {
    if (this.known[input] !== 1) this.meet(input);
    this.idle[input] = idle ? 1 : 0;
    this.low = this.lowest();
  }

  states(): readonly InputState[] {
    return [...this.known.keys()]
      .filter((input) => this.known[input] === 1)
      .map((input) => ({ input, largest: this.largest[input] as number, idle: this.idle[input] === 1 }));
  }

  restore(states: readonly InputState[]): void {
    for (const { input, largest, idle } of states) {
      this.meet(input);
      this.largest[input] = largest;
      this.idle[input] = idle ? 1 : 0;
    }
    this.low = this.lowest();
  }

  private meet(input: number): void {
    if (!(Number.isInteger(input) && input >= 0 && input < mostInputs)) {
      throw new OverpunchError('USAGE', `journal entry of input ${input}: expected 0 to ${mostInputs - 1}`);
    }
    if (input >= this.known.length) {
      const length = Math.max(8, this.known.length * 2, input + 1);
      const largest = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
      largest.set(this.largest);
      const idle = new Uint8Array(length);
      idle.set(this.idle);
      const known = new Uint8Array(length);
      known.set(this.known);
      this.largest = largest;
      this.idle = idle;
      this.known = known;
    }
    this.known[input] = 1;
    this.low = this.lowest();
  }

  private lowest(): number {
    let low = Number.POSITIVE_INFINITY;
    for (let input = 0; input < this.known.length; input++) {
      if (this.known[input] === 1 && this.idle[input] === 0) low = Math.min(low, this.largest[input] as number);
    }
    return low === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : low;
  }
}
