import { isBehind } from './encode-field.ts';
import { type EncodeIssue, wrongKind } from './encode-issue.ts';
import { type EncodeRun, issueOf, later, missing, type OriginalPlace, refuse } from './encode-run.ts';
import { lookUp } from './measure.ts';
import { originalExtent } from './original-place.ts';
import type { TableNode } from './plan.ts';

/** The entries of a table that are to be written. */
export interface CountedEntries {
  /** `null` when the table is missing. */
  readonly values: readonly unknown[] | null;
  readonly count: number;
  /** As many as there should be: more than `count` only where the original ended in the table. */
  readonly expected: number;
  /** What is wrong with the entries was said of the table. */
  readonly silent: boolean;
  /** The original ended behind the last entry; this is what is wrong unless the record ends there too. */
  readonly ending: EncodeIssue | null;
}

/**
 * Decide how many entries of a table are written, and check that against its counter.
 *
 * A table that is missing keeps the original's entries, or has as many as its counter says; both without values.
 */
export function countGiven(
  node: TableNode,
  given: unknown,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): CountedEntries {
  const { item, minimum, maximum } = node;
  const counted = countedBy(node, run);
  const fallback = counted !== null && counted >= minimum && counted <= maximum ? counted : minimum;
  if (given !== missing && !Array.isArray(given)) {
    refuse(run, wrongKind('an array with the entries of the table'), item, subscripts, given);
    return { values: null, count: fallback, expected: fallback, silent: true, ending: null };
  }
  const reading = original?.reading?.kind === 'table' ? original.reading : null;
  if (given === missing) {
    const unnamed = run.shape.roles[item.index] !== 'member' && item.name === null;
    const kept = original !== null && (reading !== null || !node.dynamic);
    if (!unnamed && !kept && !run.rules.init) {
      const expected = `an array of ${entriesText(counted ?? maximum)}`;
      refuse(run, { code: 'ENCODE_MISSING_FIELD', expected }, item, subscripts);
      return { values: null, count: fallback, expected: fallback, silent: true, ending: null };
    }
    if (original !== null && isBehind(run, original.at)) {
      const problem = { code: 'ENCODE_MISSING_FIELD', expected: 'an array' } as const;
      const ending = issueOf(problem, item, subscripts);
      return { values: null, count: 0, expected: fallback, silent: false, ending };
    }
    const count = reading === null ? fallback : reading.entries.length;
    const ending = checkCount(node, count, counted, original, subscripts, run);
    return { values: null, count, expected: ending === null ? count : fallback, silent: false, ending };
  }
  const values: readonly unknown[] = given;
  const count = Math.min(values.length, maximum);
  const ending = checkCount(node, values.length, counted, original, subscripts, run);
  return { values, count, expected: ending === null ? count : fallback, silent: false, ending };
}

/** What the counter says, all entries without one; `null` when it cannot be told (yet). */
function countedBy(node: TableNode, run: EncodeRun): number | null {
  const { counter, maximum } = node;
  if (counter === null) return maximum;
  if (!counter.before || run.spoiled.has(counter.slot)) return null;
  const reading = run.walk.kept[counter.slot];
  const spelled = reading?.digits ?? null;
  return reading === undefined || spelled === null ? Number.NaN : Number(spelled);
}

/** Report a wrong count; what is wrong only if the record does not end behind these entries is returned instead. */
function checkCount(
  node: TableNode,
  count: number,
  counted: number | null,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): EncodeIssue | null {
  const { counter, item, minimum, maximum } = node;
  const name = counter?.item.name ?? 'its counter';
  const problem = (says: number | null): string | null => {
    if (counter === null) return count === maximum ? null : entriesText(maximum);
    if (count < minimum || count > maximum) return `${minimum} to ${entriesText(maximum)}`;
    if (says === null || says === count) return null;
    return Number.isNaN(says) ? `a number in ${name}, which counts them` : `${entriesText(says)}, as ${name} says`;
  };
  const issue = (expected: string) =>
    issueOf({ code: 'ENCODE_COUNT', expected: `${expected}; it has ${count}` }, item, subscripts, undefined);
  if (counter !== null && !counter.before) {
    later(run, () => {
      const found = lookUp(counter, subscripts, run.walk);
      if (run.spoiled.has(counter.slot)) return;
      const spelled = found?.digits ?? null;
      const wrong = problem(spelled === null ? Number.NaN : Number(spelled));
      if (wrong !== null) run.issues.push(issue(wrong));
    });
    return null;
  }
  const wrong = problem(counted);
  if (wrong === null || run.silent > 0) return null;
  const reading = original?.reading?.kind === 'table' ? original.reading : null;
  if (original !== null && reading !== null && count < (counted ?? 0) && count === reading.entries.length) {
    const extents = reading.entries.map((child) => (node.entry.dynamic ? originalExtent(node.entry, child) : 0));
    const taken = node.entry.dynamic ? extents.reduce((bits, extent) => bits + extent, 0) : count * node.strideBits;
    if (isBehind(run, original.at + taken)) return issue(wrong);
  }
  run.issues.push(issue(wrong));
  return null;
}

function entriesText(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
