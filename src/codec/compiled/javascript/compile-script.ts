import type { CompiledCode } from '../compiled-code.ts';
import type { CompiledPlan } from '../compiled-plan.ts';
import { generateScript } from './generate-script.ts';
import { startScript } from './start-script.ts';

/** Compile a plan to JavaScript, which keeps what it needs in the space from `start` on. */
export function compileScript(plan: CompiledPlan, start: number): CompiledCode {
  const script = generateScript(plan, start);
  return {
    ...script,
    engine: 'javascript',
    made: null,
    start: (space, calls) => startScript(script, plan, space, calls),
  };
}
