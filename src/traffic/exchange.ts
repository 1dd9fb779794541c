import type { WireForm } from './wire-form.ts';

/** A question and its answer. `place` is that of the conversation, whose notes go from one to the other. */
export interface Exchange {
  /** Fill in the question; returns its form. */
  ask(place: number): WireForm;
  /** What the central system, or the terminal, does at the answer's time; returns the filled-in form, `null` when there is no answer. */
  answer(place: number): WireForm | null;
}
