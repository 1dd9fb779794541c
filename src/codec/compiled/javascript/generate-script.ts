import type { CompiledPlan } from '../compiled-plan.ts';
import { jsonSteps } from '../json-steps.ts';
import type { Kernel, TextKernel } from '../kernel.ts';
import { lineBound } from '../line-bound.ts';
import type { Reference } from '../reference.ts';
import { resultPlaces } from '../result-places.ts';
import { slotParts } from '../slot-parts.ts';
import { RecordSource } from './record-source.ts';
import { ScriptParts } from './script-parts.ts';

/** JavaScript that decodes the records of a plan, what it needs, and where things are in the space. */
export interface GeneratedScript {
  /** Functions and, at the end, a `return` of those that decode the records of the plan. */
  readonly source: string;
  readonly pages: readonly Pick<TextKernel, 'codepage' | 'nel'>[];
  readonly kernels: readonly Kernel[];
  readonly caches: number;
  /** The first address behind what it needs. */
  readonly end: number;
  /** The most bytes that a record may write. */
  readonly lineBound: number;
  /** Where a run leaves the address behind what it wrote, and behind that why it stopped. */
  readonly resultAt: number;
  /** For each record of the plan its slots: see `slotParts`. */
  readonly slotsAt: readonly number[];
  /** Where records are filled up. */
  readonly fillAt: number;
  /** What the numbers mean that callbacks are called with. */
  readonly references: readonly Reference[];
}

/** Generate the JavaScript of a plan, which keeps what it needs in the space from `start` on, at a multiple of 8. */
export function generateScript(plan: CompiledPlan, start: number): GeneratedScript {
  let end = start;
  const reserve = (bytes: number): number => {
    const at = end;
    end = (end + bytes + 7) & ~7;
    return at;
  };
  const resultAt = reserve(resultPlaces.size);
  const parts = new ScriptParts(plan.fill !== null);
  const slotsAt: number[] = [];
  const references: Reference[] = [];
  let bound = 0;
  const names = plan.records.map((record, index) => {
    const steps = jsonSteps(record);
    const memory = { basesAt: reserve(4 * record.bases), slotsAt: reserve(slotParts.size * record.slots) };
    slotsAt.push(memory.slotsAt);
    bound = Math.max(bound, lineBound(steps));
    const reference = (item: number): number => references.push({ record: index, item }) - 1;
    return new RecordSource(parts, record, memory, reference).write(steps);
  });
  const fillAt = plan.fill === null ? 0 : reserve(Math.max(...plan.records.map(({ length }) => length)));
  const source = `${parts.source}\nreturn [${names.join(', ')}];`;
  const { pages, kernels, caches } = parts;
  return { source, pages, kernels, caches, end, lineBound: bound, resultAt, slotsAt, fillAt, references };
}
