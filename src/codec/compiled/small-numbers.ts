import type { Emission } from './emission.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

const smallBits = 9; // three digits, and a byte for how many they are

/** Writes numbers of a few bits from a table of all of them: the digits, and in the fourth byte their number. */
export class SmallNumbers {
  readonly #module: ModuleWriter;
  #tableAt = 0;

  constructor(module: ModuleWriter) {
    this.#module = module;
  }

  /** Whether numbers of so many bits are in the table. */
  holds(bits: number): boolean {
    return bits <= smallBits;
  }

  /** Write the number in a variable. */
  write(emission: Emission, number: Local): void {
    if (this.#tableAt === 0) this.#tableAt = this.#module.constant(digitTable());
    const { f, out } = emission;
    f.get(out).get(number).int(2).do(i32.shl).memory(i32.load, this.#tableAt).tee(number);
    f.memory(i32.store, emission.ahead);
    emission.flush();
    f.get(out).get(number).int(24).do(i32.shrU, i32.add).set(out);
  }
}

function digitTable(): Uint8Array {
  const table = Buffer.alloc(4 << smallBits);
  for (let number = 0; number < 1 << smallBits; number++) {
    const length = table.write(String(number), 4 * number);
    table[4 * number + 3] = length;
  }
  return table;
}
