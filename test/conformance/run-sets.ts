import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CaseResult, caseFailure, ranCase, skippedCase } from './case-result.ts';
import type { CompiledCheck } from './compiled-check.ts';
import { type ExactJson, ExactObject, parseExactJson } from './exact-json.ts';
import { type FoundCases, findCases } from './find-cases.ts';
import { runLayouts } from './layouts.ts';
import { runRecordCase } from './record-case.ts';
import { runStoredRecords } from './stored-records.ts';
import { runVectors } from './vectors.ts';

/** The cases of one top folder and what came of them. */
export interface SetResult {
  readonly name: string;
  readonly cases: readonly CaseResult[];
}

/** Run everything found in some folders, set by set; with `check` the compiled decoder looks at every record too. */
export function runSets(roots: readonly string[], check: CompiledCheck | null = null): SetResult[] {
  return roots.flatMap((root) => {
    const sets = new Map<string, CaseResult[]>();
    for (const found of findCases(root)) {
      const cases = sets.get(found.set) ?? [];
      sets.set(found.set, cases);
      cases.push(...runFound(found, check));
    }
    return [...sets].map(([name, cases]) => ({ name, cases }));
  });
}

function runFound(found: FoundCases, check: CompiledCheck | null): CaseResult[] {
  try {
    switch (found.shape) {
      case 'case':
        return runCaseFile(found, check);
      case 'vectors':
        return runVectors(found.file, found.place, check);
      case 'stored-records':
        return runStoredRecords(found.file, found.place, check);
      case 'layouts':
        return runLayouts(found.file, found.place);
    }
  } catch (error) {
    // A crash of the product is a failure of the case, and must not keep the others from running.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [ranCase(found.place, { records: 0, values: 0 }, [caseFailure('', 'no crash', text)])];
  }
}

function runCaseFile({ file, place }: FoundCases, check: CompiledCheck | null): CaseResult[] {
  let json: ExactJson;
  try {
    json = parseExactJson(readFileSync(file, 'utf8'));
  } catch (error) {
    return [skippedCase(place, 'case.json', String(error))];
  }
  const packed = json instanceof ExactObject ? json.get('cases') : undefined;
  if (packed === undefined) return [runRecordCase(dirname(file), place, json, check)];
  const cases: readonly ExactJson[] = Array.isArray(packed) ? packed : [packed];
  return cases.map((entry, index) => {
    const name = entry instanceof ExactObject ? entry.get('name') : undefined;
    return skippedCase(
      `${place}/${typeof name === 'string' ? name : index + 1}`,
      'cases',
      'unpacking is not part of this runner',
      true,
    );
  });
}
