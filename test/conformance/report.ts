import { printable } from '../../src/bytes/printable.ts';
import { type ExactJson, ExactNumber, ExactObject, writeExactJson } from './exact-json.ts';
import type { SetResult } from './run-sets.ts';

const shownFailures = 5; // of one case: the first ones tell the most

/** How many cases of a set ran well, badly or not at all, and what they held. */
export interface SetCounts {
  readonly cases: number;
  readonly records: number;
  readonly values: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly wrongValues: number;
}

export function countSet({ cases }: SetResult): SetCounts {
  const sum = (of: (result: SetResult['cases'][number]) => number): number =>
    cases.reduce((total, result) => total + of(result), 0);
  return {
    cases: cases.length,
    records: sum(({ records }) => records),
    values: sum(({ values }) => values),
    passed: sum(({ skip, failures }) => Number(skip === null && failures.length === 0)),
    failed: sum(({ failures }) => Number(failures.length > 0)),
    skipped: sum(({ skip }) => Number(skip !== null)),
    wrongValues: sum(({ failures }) => failures.length),
  };
}

/** Whether the run may exit 0: something ran, nothing failed, and nothing was skipped that may not be. */
export function allPassed(sets: readonly SetResult[]): boolean {
  const cases = sets.flatMap((set) => set.cases);
  return (
    cases.length > 0 && cases.every(({ failures, skip }) => failures.length === 0 && (skip === null || skip.optional))
  );
}

/** The report for people: each bad case with its first differences, then one line a set. */
export function textReport(sets: readonly SetResult[]): string {
  const lines: string[] = [];
  for (const set of sets) {
    for (const { name, failures, skip, notes } of set.cases) {
      if (skip !== null)
        lines.push(`${name}: skipped: ${skip.key}${skip.optional ? ' (optional)' : ''}: ${skip.reason}`);
      for (const note of notes) lines.push(`${name}: ${note}`);
      if (failures.length === 0) continue;
      lines.push(`${name}: failed: ${count(failures.length, 'wrong value')}`);
      for (const { record, path, expected, got, bytes } of failures.slice(0, shownFailures)) {
        const place = [record === null ? '' : `record ${record}`, path].filter((part) => part !== '').join(' ');
        lines.push(
          `  ${place}: expected ${writeExactJson(expected)}, got ${writeExactJson(got)}${bytes === '' ? '' : `, bytes ${bytes}`}`,
        );
      }
      if (failures.length > shownFailures) lines.push(`  and ${failures.length - shownFailures} more`);
    }
  }
  for (const set of sets) {
    const { cases, records, values, passed, failed, skipped, wrongValues } = countSet(set);
    lines.push(
      `${set.name}: ${count(cases, 'case')}, ${count(records, 'record')}, ${count(values, 'value')}: ` +
        `${passed} passed, ${failed} failed, ${skipped} skipped; ${count(wrongValues, 'wrong value')}`,
    );
  }
  return `${lines.map(printable).join('\n')}\n`;
}

/** The report for programs. Numbers stand in it with the digits they have. */
export function jsonReport(sets: readonly SetResult[]): string {
  const whole = (value: number): ExactNumber => new ExactNumber(String(value));
  const report = sets.map((set): ExactJson => {
    const { cases, records, values, passed, failed, skipped } = countSet(set);
    const failures = set.cases.flatMap(({ name, failures }) =>
      failures.map(({ record, path, expected, got, bytes }) =>
        object({ case: name, record: record === null ? null : whole(record), path, expected, got, bytes }),
      ),
    );
    const skips = set.cases.flatMap(({ name, skip }) =>
      skip === null ? [] : [object({ case: name, key: skip.key, reason: skip.reason, optional: skip.optional })],
    );
    return object({
      name: set.name,
      cases: whole(cases),
      records: whole(records),
      values: whole(values),
      passed: whole(passed),
      failed: whole(failed),
      skipped: whole(skipped),
      failures,
      skips,
    });
  });
  return `${writeExactJson(object({ sets: report }))}\n`;
}

function object(members: Readonly<Record<string, ExactJson>>): ExactObject {
  return new ExactObject(Object.entries(members));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
