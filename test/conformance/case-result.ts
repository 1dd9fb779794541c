import type { Difference } from './compare.ts';
import type { ExactJson } from './exact-json.ts';

/** One wrong value of a case. `record` counts from 1; `null` when it is about the case as a whole. */
export interface Failure extends Difference {
  readonly record: number | null;
}

/** Why a case was not run. `optional`: the format lets a runner skip it without failing. */
export interface Skip {
  readonly key: string;
  readonly reason: string;
  readonly optional: boolean;
}

/** What came of one case. */
export interface CaseResult {
  readonly name: string;
  readonly records: number;
  readonly values: number;
  readonly failures: readonly Failure[];
  readonly skip: Skip | null;
  /** What was found and not compared, for people. */
  readonly notes: readonly string[];
}

/** A case that ran. */
export function ranCase(
  name: string,
  counts: { readonly records: number; readonly values: number },
  failures: readonly Failure[],
  notes: readonly string[] = [],
): CaseResult {
  return { name, ...counts, failures, skip: null, notes };
}

/** A case that was not run, with the key that says why. */
export function skippedCase(name: string, key: string, reason: string, optional = false): CaseResult {
  return { name, records: 0, values: 0, failures: [], skip: { key, reason, optional }, notes: [] };
}

/** A failure of the case as a whole. */
export function caseFailure(path: string, expected: ExactJson, got: ExactJson): Failure {
  return { record: null, path, expected, got, bytes: '' };
}
