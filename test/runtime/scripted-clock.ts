import type { Clock } from '../../src/runtime/embedded/clock.ts';

/** A clock that stands still but for waits, and does something at given moments. */
export class ScriptedClock implements Clock {
  time = 0;
  readonly #script: Map<number, () => void>;

  constructor(script: Record<number, () => void>) {
    this.#script = new Map(Object.entries(script).map(([time, act]) => [Number(time), act]));
  }

  now(): number {
    return this.time;
  }

  async wait(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    for (const [time, act] of this.#script) {
      if (this.time < time) continue;
      this.#script.delete(time);
      act();
    }
  }
}
