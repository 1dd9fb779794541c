import { statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CompiledCheck } from './compiled-check.ts';
import { allPassed, jsonReport, textReport } from './report.ts';
import { runSets } from './run-sets.ts';

const usage = 'usage: npm run conformance -- DIR… [--json FILE] [--engine reference|compiled]';

/** Where the command writes: the report for people, and what else there is to say. */
export interface Output {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/**
 * Run the conformance cases in some folders. Exit status: 0 all passed; 1 failures, or skips that are not optional; 2 usage or
 * input/output.
 */
export function runCommand(args: readonly string[], { out, error }: Output): number {
  const refuse = (message: string): number => {
    error(`${message}\n${usage}\n`);
    return 2;
  };
  let parsed: ReturnType<typeof parseArguments>;
  try {
    parsed = parseArguments(args);
  } catch (problem) {
    return refuse(problem instanceof Error ? problem.message : String(problem));
  }
  const { positionals: roots, values } = parsed;
  const check = values.engine === 'compiled' ? new CompiledCheck() : null;
  if (check === null && values.engine !== 'reference')
    return refuse(`unknown engine ${values.engine}: it is reference or compiled`);
  if (roots.length === 0) return refuse('no folder given');
  const absent = roots.find((root) => statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true);
  if (absent !== undefined) return refuse(`${absent} is no folder`);
  const sets = runSets(roots, check);
  out(textReport(sets));
  if (check !== null)
    out(
      `compiled: ${check.compiled} readings of records the same from both engines, ${check.refused} left to the reference engine\n`,
    );
  if (sets.length === 0) error('no cases found\n');
  if (values.json !== undefined) {
    try {
      writeFileSync(values.json, jsonReport(sets));
    } catch (problem) {
      return refuse(problem instanceof Error ? problem.message : String(problem));
    }
  }
  return allPassed(sets) ? 0 : 1;
}

function parseArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'string' }, engine: { type: 'string', default: 'reference' } },
  });
}
