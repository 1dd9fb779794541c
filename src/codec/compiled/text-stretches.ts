import type { JsonStep } from './json-steps.ts';
import type { TextKernel } from './kernel.ts';
import type { Stretch } from './text-windows.ts';
import { isWindowed } from './write-text.ts';

/** Text in one code page behind one base. */
export interface TextStretches {
  readonly base: number;
  readonly kernel: TextKernel;
  readonly list: Stretch[];
}

/**
 * Find the short text of the steps from `first` on that follow each other without a branch, at most `most` fields of them; by `stretchKey`.
 * `end` is the index behind the last of these steps.
 */
export function textStretches(
  steps: readonly JsonStep[],
  first: number,
  most: number,
): { readonly end: number; readonly stretches: ReadonlyMap<string, TextStretches> } {
  const stretches = new Map<string, TextStretches>();
  let fields = 0;
  let end = first;
  for (; end < steps.length; end++) {
    const step = steps[end];
    if (step === undefined || isBranch(step)) break;
    if (step.kind !== 'field') continue;
    if (++fields > most) break;
    const { kernel } = step.field;
    if (kernel.kind !== 'text' || !isWindowed(kernel)) continue;
    const key = stretchKey(step.at.base, kernel);
    const found = stretches.get(key) ?? { base: step.at.base, kernel, list: [] };
    found.list.push({ offset: step.at.offset, length: kernel.length });
    stretches.set(key, found);
  }
  return { end: Math.max(end, first + 1), stretches };
}

/** Name a base and a code page. */
export function stretchKey(base: number, { codepage, nel }: TextKernel): string {
  return `${base} ${codepage} ${nel}`;
}

/** Whether steps after this one may be reached without it, or several times, or have a base that it makes. */
export function isBranch({ kind }: JsonStep): boolean {
  return kind === 'loop' || kind === 'choice' || kind === 'trial' || kind === 'align';
}
