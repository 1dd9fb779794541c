import type { CompiledCode, Run } from './compiled-code.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import type { DecodingSpace } from './decoding-space.ts';
import type { CarefulMode } from './emit-careful.ts';
import { type EmittedModule, emitModule } from './emit-module.ts';
import type { ReferenceCalls } from './reference-calls.ts';
import { resultPlaces } from './result-places.ts';
import type { WebAssemblyApi } from './wasm/web-assembly.ts';

/** Compile a plan to WebAssembly, which keeps what it needs in the space from `start` on. */
export function compileModule(plan: CompiledPlan, start: number, api: WebAssemblyApi): CompiledCode {
  const emitted = emitModule(plan, start);
  return { ...emitted, engine: 'webassembly', start: (space, calls) => startRun(emitted, space, calls, api) };
}

/** Code that is tried when fast code refuses a record. */
interface Attempt {
  readonly decode: (start: number, length: number, out: number) => number;
  readonly notesAt: number;
}

const noAttempt: Attempt = { decode: () => 0, notesAt: 0 };

function startRun(emitted: EmittedModule, space: DecodingSpace, calls: ReferenceCalls, api: WebAssemblyApi): Run {
  const usedAt = (emitted.resultAt + resultPlaces.notes) >> 2;
  const attempts: Readonly<Record<CarefulMode, Attempt[]>> = { careful: [], noting: [] };
  const notedLast = new Set<number>(); // layouts, which are likely to be noted again

  const attempt = (mode: CarefulMode, record: number, start: number, length: number, out: number): number => {
    const { decode, notesAt } = attempts[mode][record] ?? compile(mode, record);
    calls.begin(start, length, notesAt);
    return decode(start, length, out);
  };
  const careful = (record: number, start: number, length: number, out: number): number => {
    const before = notedLast.has(record);
    const plain = before ? 0 : attempt('careful', record, start, length, out);
    if (plain !== 0) return plain;
    const end = attempt('noting', record, start, length, out);
    const noted = space.numbers[usedAt] !== 0;
    if (noted && !before) notedLast.add(record);
    else if (!noted && before) notedLast.delete(record);
    return end;
  };
  const exportsOf = (bytes: Uint8Array<ArrayBuffer>): unknown =>
    new api.Instance(new api.Module(bytes), { env: { ...calls, careful, memory: space.memory } }).exports;
  const compile = (mode: CarefulMode, record: number): Attempt => {
    const { address } = space.allocate(0);
    const emission = emitted.careful(record, mode, address);
    let found = noAttempt;
    try {
      if (emission !== null) {
        const { bytes, end, notesAt } = emission;
        space.allocate(end - address);
        found = { ...(exportsOf(bytes) as Pick<Attempt, 'decode'>), notesAt };
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // no memory is left
    }
    attempts[mode][record] = found;
    return found;
  };
  return (exportsOf(emitted.bytes) as { readonly run: Run }).run;
}
