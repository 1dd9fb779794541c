import type { PlannedField } from './compiled-plan.ts';
import type { JsonStep } from './json-steps.ts';

const longestCharacter = 6; // bytes of JSON for a byte of text: `\u0000`
const bitDigits = 8; // bytes of JSON for a byte that the reference decoder writes as bits; text and numbers are shorter
const margin = 64; // kernels store whole vectors

/** The most bytes that steps may write. */
export function lineBound(steps: readonly JsonStep[]): number {
  return steps.reduce((sum, step) => sum + boundOf(step), margin);
}

function boundOf(step: JsonStep): number {
  switch (step.kind) {
    case 'literal':
      return Buffer.byteLength(step.text);
    case 'field':
      return fieldBound(step.field);
    case 'loop':
      return step.table.maximum * lineBound(step.body);
    case 'choice':
      return Math.max(...step.bodies.map(lineBound));
    case 'trial':
      return step.bodies.reduce((sum, body) => sum + lineBound(body), 0);
    case 'align':
    case 'uncomma':
    case 'present':
      return 0;
  }
}

function fieldBound({ kernel, bits }: PlannedField): number {
  const bytes = Math.ceil(bits / 8);
  switch (kernel.kind) {
    case 'text':
      return longestCharacter * bytes + margin;
    case 'zoned':
    case 'packed':
      return kernel.digits + Math.abs(kernel.scale) + margin;
    case 'binary':
    case 'bits':
      return Math.abs(kernel.scale) + margin;
    case 'reference':
      return bitDigits * bytes + 8 * margin;
  }
}
