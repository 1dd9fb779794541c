import { type BitSite, pushAddress, pushBit } from './bit-site.ts';
import type { BlankNumber } from './kernel.ts';
import type { RecordHost } from './record-host.ts';
import type { Subscript } from './reference.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

/**
 * What is kept about a field that there are notes about: the number of its reference, its address, the bit where it starts in the byte
 * there, and the subscripts that the reference asks for; 4 bytes each.
 */
export const noteParts = { reference: 0, address: 4, bit: 8, subscripts: 12 } as const;

/** The most bytes that notes about a record take. */
export const mostNotes = 2048;

/** Keeps which fields of a record there are notes about: what these say is worked out by those who want to know. */
export class FieldNotes {
  readonly #module: ModuleWriter;
  /** Where it is kept how many bytes there are. */
  readonly #usedAt: number;
  #listAt = 0;
  #room: FunctionWriter | null = null;
  #blanks: FunctionWriter | null = null;

  constructor(module: ModuleWriter, usedAt: number) {
    this.#module = module;
    this.#usedAt = usedAt;
  }

  /** Where they are. */
  get listAt(): number {
    if (this.#listAt === 0) this.#listAt = this.#module.reserve(mostNotes);
    return this.#listAt;
  }

  /** Keep a field by its reference, or refuse the record when there are too many of them. */
  keep({ emission, refuse }: RecordHost, reference: number, site: BitSite, subscripts: readonly Subscript[]): void {
    const { f } = emission;
    const { number: entry } = emission.scratch;
    this.#room ??= roomFinder(this.#module, this.#usedAt, this.listAt);
    const size = noteParts.subscripts + 4 * subscripts.length;
    f.int(size).call(this.#room).tee(entry).do(i32.eqz);
    f.if(refuse);
    f.get(entry).int(reference).memory(i32.store, noteParts.reference).get(entry);
    pushAddress(f, site);
    f.memory(i32.store, noteParts.address).get(entry);
    pushBit(f, site.bit);
    f.memory(i32.store, noteParts.bit);
    for (const [index, subscript] of subscripts.entries()) {
      f.get(entry);
      if (typeof subscript === 'number') f.int(subscript);
      else f.int(0).memory(i32.load, subscript.keptAt);
      f.memory(i32.store, noteParts.subscripts + 4 * index);
    }
  }

  /** Push whether a number is nothing but blanks, or low-values. */
  pushIsBlank(f: FunctionWriter, site: BitSite, length: number, { byte }: BlankNumber): void {
    this.#blanks ??= blankTest(this.#module);
    pushAddress(f, site);
    f.int(length).int(byte).call(this.#blanks);
  }
}

/** `(size) → address` of as many bytes behind the notes so far, which are part of them then; 0: there is no room. */
function roomFinder(module: ModuleWriter, usedAt: number, listAt: number): FunctionWriter {
  const f = module.function(['i32'], ['i32']);
  const [size] = f.parameters as readonly [Local];
  const used = f.local('i32');
  f.int(0).memory(i32.load, usedAt).tee(used).get(size).do(i32.add).int(mostNotes).do(i32.gtU);
  f.if(() => f.int(0).return());
  f.int(0).get(used).get(size).do(i32.add).memory(i32.store, usedAt);
  f.get(used).int(listAt).do(i32.add);
  return f;
}

/** `(address, length, blank)`: 1 when all bytes are blanks, or all are 0; else 0. */
function blankTest(module: ModuleWriter): FunctionWriter {
  const f = module.function(['i32', 'i32', 'i32'], ['i32']);
  const [address, length, blank] = f.parameters as readonly [Local, Local, Local];
  const end = f.local('i32');
  const first = f.local('i32');
  f.get(address).get(length).do(i32.add).set(end);
  f.get(address).memory(i32.load8, 0).tee(first).get(blank).do(i32.ne).get(first).int(0).do(i32.ne, i32.and);
  f.if(() => f.int(0).return());
  f.loop((again) => {
    f.get(address).memory(i32.load8, 0).get(first).do(i32.ne);
    f.if(() => f.int(0).return());
    f.get(address).int(1).do(i32.add).tee(address).get(end).do(i32.ltU).branchIf(again);
  });
  f.int(1);
  return f;
}
