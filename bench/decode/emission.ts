import type { Effort, Figure } from '../benchmark.ts';
import { median } from '../median-times.ts';
import { runProcess, scriptCommand } from './run-process.ts';

const processes = 20;

/** Milliseconds on the wall. */
export interface Emitted {
  readonly emission: number;
  readonly compilation: number;
}

/** Measure how long it takes to make the code of 100 mixed fields, for the first time in a process, and to compile it. */
export function measureEmission({ quick }: Effort): readonly Figure[] {
  const command = scriptCommand('measure-emission.ts');
  const all = Array.from({ length: quick ? 3 : processes }, () => JSON.parse(runProcess(command)) as Emitted);
  return [
    { name: 'decode/emission-100/ms', value: median(all.map(({ emission }) => emission)), unit: 'ms', floor: 20 },
    { name: 'decode/compile-100/ms', value: median(all.map(({ compilation }) => compilation)), unit: 'ms', floor: 5 },
  ];
}
