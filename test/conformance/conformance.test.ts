import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeOracle } from '../oracles.ts';
import { type ExactJson, ExactNumber, type ExactObject, parseExactJson, writeExactJson } from './exact-json.ts';
import { fixtureBytes } from './fixture-bytes.ts';
import { allPassed, countSet } from './report.ts';
import { runSets } from './run-sets.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/conformance', import.meta.url));

describeOracle('conformance', 'cases of other decoders and of a real compiler', (folder) => {
  it('all pass, and none is skipped', { timeout: 300_000 }, () => {
    const sets = runSets([folder]);
    for (const set of sets) {
      const { passed, cases, failed, skipped, values } = countSet(set);
      expect(set.cases.flatMap(({ name, failures }) => failures.map(({ path }) => `${name} ${path}`))).toEqual([]);
      expect({ set: set.name, passed, failed, skipped }).toEqual({
        set: set.name,
        passed: cases,
        failed: 0,
        skipped: 0,
      });
      expect(values).toBeGreaterThan(0);
    }
    expect(sets.length).toBeGreaterThan(0);
    expect(allPassed(sets)).toBe(true);
  });
});

describe('the cases of this project', () => {
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).sort();

  it.each(files.filter((name) => name.endsWith('data.txt')))('%s says what its data.bin holds', (name) => {
    const file = join(fixtures, name);
    const bytes = readFileSync(join(dirname(file), 'data.bin'));
    expect(bytes.equals(fixtureBytes(readFileSync(file, 'utf8')))).toBe(true);
  });

  const passing = runSets([join(fixtures, 'passing')]).flatMap(({ cases }) => cases);

  it.each(passing.map((result) => [result.name, result] as const))('%s passes', (name, { failures, skip, values }) => {
    expect(failures).toEqual([]);
    if (name.startsWith('packing/')) expect(skip).toMatchObject({ key: 'cases', optional: true });
    else {
      expect(skip).toBeNull();
      expect(values).toBeGreaterThan(0);
    }
  });

  const failing = runSets([join(fixtures, 'failing')]).flatMap(({ cases }) => cases);

  it.each(failing.map((result) => [result.name, result] as const))('%s fails as it should', (name, result) => {
    const file = join(fixtures, 'failing', name, 'outcome.json');
    const outcome = parseExactJson(existsSync(file) ? readFileSync(file, 'utf8') : '{}') as ExactObject;
    const skip = outcome.get('skip');
    if (skip !== undefined) {
      expect(result.skip).toMatchObject({ key: skip, optional: false });
      expect(allPassed([{ name: basename(name), cases: [result] }])).toBe(false);
      return;
    }
    const wanted = (outcome.get('failures') ?? []) as readonly ExactObject[];
    const got = result.failures.map(({ record, path, expected, got, bytes }, index) => {
      // A message of the product is its own affair: only that there is one.
      const anything = wanted[index]?.get('got') === '*';
      return line(
        record === null ? null : new ExactNumber(String(record)),
        path,
        expected,
        anything ? '*' : got,
        bytes,
      );
    });
    const members = (entry: ExactObject) =>
      ['record', 'path', 'expected', 'got', 'bytes'].map((key) => entry.get(key) ?? null);
    expect(got).toEqual(wanted.map((entry) => line(...members(entry))));
    expect(got.length).toBeGreaterThan(0);
    expect(allPassed([{ name: basename(name), cases: [result] }])).toBe(false);
  });
});

function line(...members: readonly ExactJson[]): string {
  return members.map(writeExactJson).join(' ');
}
