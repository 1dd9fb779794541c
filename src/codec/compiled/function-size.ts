import type { JsonStep } from './json-steps.ts';

/** How many fields the code of one function is for: larger functions are compiled late and badly. */
export const fieldsInFunction = 40;

/** Whether steps write more fields than one function should. */
export function isLarge(steps: readonly JsonStep[]): boolean {
  return fieldsOf(steps) > fieldsInFunction;
}

function fieldsOf(steps: readonly JsonStep[]): number {
  return steps.reduce((sum, step) => {
    if (step.kind === 'loop') return sum + fieldsOf(step.body);
    if (step.kind === 'choice' || step.kind === 'trial')
      return step.bodies.reduce((inside, body) => inside + fieldsOf(body), sum);
    return step.kind === 'field' || step.kind === 'subtree' ? sum + 1 : sum;
  }, 0);
}
