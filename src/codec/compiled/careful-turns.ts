import type { FunctionWriter, Label, Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

const closeRecords = 4; // as many records between two that only careful code takes, and it is tried first
const leastTurns = 64;
const mostTurns = 4096;

/**
 * Lets careful code decode records before fast code has tried to, where fast code refuses many of them: as many in a row as the number that is
 * kept for each layout says. It counts down, on below 0, so that it tells how many fast code has taken since.
 */
export class CarefulTurns {
  readonly #module: ModuleWriter;
  readonly #turnsAt: number;

  constructor(module: ModuleWriter, records: number) {
    this.#module = module;
    this.#turnsAt = module.reserve(4 * records);
  }

  /** Where the number of a layout is kept. */
  turnsAt(record: number): number {
    return this.#turnsAt + 4 * record;
  }

  /** Try careful code, which the table of the module has, if it is its turn; branch away when it has decoded the record. */
  write(
    f: FunctionWriter,
    record: number,
    { start, length, before, out }: Readonly<Record<'start' | 'length' | 'before' | 'out', Local>>,
    decoded: Label,
  ): void {
    const decode = this.#module.signature(['i32', 'i32', 'i32'], ['i32']);
    const at = this.turnsAt(record);
    const turns = f.local('i32');
    f.int(0).int(0).memory(i32.load, at).tee(turns).int(1).do(i32.sub).memory(i32.store, at);
    f.get(turns).int(0).do(i32.gtS);
    f.if(() => {
      f.get(start).get(length).get(before).int(record).callIndirect(decode).tee(out).branchIf(decoded);
      f.int(0).int(0).memory(i32.store, at).get(before).set(out);
    });
  }
}

/** Decide how many turns careful code gets, when it has decoded a record that fast code refused; `granted`: how many it had before. */
export function grantTurns(numbers: Int32Array, turnsAt: number, granted: number): number {
  const isClose = -(numbers[turnsAt >> 2] ?? 0) <= closeRecords;
  const turns = isClose ? Math.min(Math.max(2 * granted, leastTurns), mostTurns) : 0;
  numbers[turnsAt >> 2] = turns;
  return turns;
}
