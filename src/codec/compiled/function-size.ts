import type { JsonStep } from './json-steps.ts';

/** How many fields the code of one function is for: larger functions are compiled late and badly. */
export const fieldsInFunction = 40;

/** Whether steps write more fields than one function should. */
export function isLarge(steps: readonly JsonStep[]): boolean {
  return stepFields(steps) > fieldsInFunction;
}

/** How many fields steps write. */
export function stepFields(steps: readonly JsonStep[]): number {
  return steps.reduce((sum, step) => {
    if (step.kind === 'loop') return sum + stepFields(step.body);
    if (step.kind === 'choice' || step.kind === 'trial')
      return step.bodies.reduce((inside, body) => inside + stepFields(body), sum);
    return step.kind === 'field' ? sum + 1 : sum;
  }, 0);
}
