import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'vitest';

/**
 * The folder with outside oracles and real data (`conformance`, `real`, `codepages`), absolute; `null` when the
 * environment names none.
 */
export const oracles: string | null = process.env['OVERPUNCH_ORACLES']
  ? resolve(process.env['OVERPUNCH_ORACLES'])
  : null;

/**
 * Describe tests against one folder (or file) of the oracles; without it, a test that is skipped with a loud line on stderr.
 *
 * A folder that is named but does not hold what is asked for is skipped too, and the line says so.
 */
export function describeOracle(path: string, title: string, suite: (path: string) => void): void {
  const found = oracles === null ? null : join(oracles, path);
  if (found !== null && existsSync(found)) {
    describe(title, () => suite(found));
    return;
  }
  const reason = found === null ? 'OVERPUNCH_ORACLES is not set' : `OVERPUNCH_ORACLES has no ${path}`;
  process.stderr.write(`SKIPPED: ${title}: ${reason}\n`);
  // Registered all the same, so that the count of skipped tests shows it.
  test.skipIf(true)(`${title} (${reason})`, () => {});
}
