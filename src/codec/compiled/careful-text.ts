import { Emission, type Site } from './emission.ts';
import type { TextKernel } from './kernel.ts';
import { type TextTables, textTables } from './text-tables.ts';
import { Translation } from './translation.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32, i64, v128 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

const size = 16; // bytes that are translated at once
const lanes = Uint8Array.from({ length: 2 * size }, (_, lane) => lane); // from each on: a vector moved down by so many

/**
 * Writes text whatever characters it has, and whatever is trimmed. Characters beyond ASCII become UTF-8, others are escaped, both byte by
 * byte; only what would give an issue is refused.
 */
export class CarefulText {
  readonly #module: ModuleWriter;
  readonly #refusedAt: number;
  readonly #writers = new Map<string, { readonly writer: FunctionWriter; readonly tables: TextTables }>();
  #trimmer: FunctionWriter | null = null;

  constructor(module: ModuleWriter, refusedAt: number) {
    this.#module = module;
    this.#refusedAt = refusedAt;
  }

  write(emission: Emission, { base, offset }: Site, kernel: TextKernel): void {
    const { f, out, scratch } = emission;
    const { length, trim } = kernel;
    const { writer, tables } = this.#writer(kernel);
    emission.flush();
    const { mask: start, number: end } = scratch;
    f.get(base).int(offset).do(i32.add).tee(start).int(length).do(i32.add).set(end);
    // Bytes that are trimmed may be unusual too, but for the right trim, which comes first.
    if (trim !== 'right' && trim !== 'none') f.get(start).get(end).get(out).call(writer).drop();
    if (trim !== 'none' && trim !== 'left')
      this.#trimRight(f, start, end, tables.blank, trim === 'nul' ? tables.all.nul : -1);
    if (trim === 'left' || trim === 'both') trimLeft(f, start, end, tables.blank);
    f.get(start).get(end).get(out).call(writer).set(out);
  }

  #writer(kernel: TextKernel): { readonly writer: FunctionWriter; readonly tables: TextTables } {
    const { codepage, nel } = kernel;
    const key = `${codepage} ${nel}`;
    const known = this.#writers.get(key);
    if (known !== undefined) return known;
    const tables = textTables(codepage, nel);
    const made = { writer: escapingWriter(this.#module, tables, this.#refusedAt), tables };
    this.#writers.set(key, made);
    return made;
  }

  #trimRight(f: FunctionWriter, start: Local, end: Local, blank: number, nul: number): void {
    this.#trimmer ??= rightTrimmer(this.#module);
    f.get(start).get(end).int(blank).int(nul).call(this.#trimmer).set(end);
  }
}

/**
 * `(start, end, out) → out`: write the characters of bytes as JSON has them. 16 are written as if they were plain; for each that is not
 * what it is written as, and what is behind it once more, as far on.
 */
function escapingWriter(module: ModuleWriter, tables: TextTables, refusedAt: number): FunctionWriter {
  const table = module.constant(tables.all.escaped);
  const lanesAt = module.constant(lanes);
  const f = module.function(['i32', 'i32', 'i32'], ['i32']);
  const [start, end, out] = f.parameters as readonly [Local, Local, Local];
  const emission = new Emission(module, f, out);
  const translation = new Translation(tables);
  const [characters, entry] = [f.local('v128'), f.local('i64')];
  const [count, others, lane] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const [width, widths] = [f.local('i32'), f.local('i32')];
  f.block((done) => {
    f.loop((again) => {
      f.get(start).get(end).do(i32.geU).branchIf(done);
      f.get(start).vectorMemory(v128.load, 0).set(emission.scratch.bytes);
      translation.translate(emission, emission.scratch.bytes, characters);
      f.vector(v128.bitmask).set(others);
      f.int(size).get(end).get(start).do(i32.sub).tee(count).int(size).get(count).do(i32.ltU).select().set(count);
      f.get(out).get(characters).vectorMemory(v128.store, 0);
      f.block((plain) => {
        f.get(others).int(1).get(count).do(i32.shl).int(1).do(i32.sub, i32.and).tee(others).do(i32.eqz).branchIf(plain);
        f.loop((next) => {
          // From here on `out` is where the first of the 16 would be, if all so far were as wide as this.
          f.get(out).get(others).do(i32.ctz).tee(lane).do(i32.add);
          f.get(start).get(lane).do(i32.add).memory(i32.load8, 0).int(3).do(i32.shl).memory(i64.load, table).tee(entry);
          f.memory(i64.store, 0);
          f.get(entry).long(56).do(i64.shrU, i32.wrapLong).tee(width).get(widths).do(i32.or).set(widths);
          f.get(out).get(width).int(0x7f).do(i32.and).int(1).do(i32.sub, i32.add).tee(out).get(lane).do(i32.add);
          f.get(characters)
            .get(lane)
            .vectorMemory(v128.load, lanesAt + 1)
            .vector(v128.swizzle);
          f.vectorMemory(v128.store, 1);
          f.get(others).get(others).int(1).do(i32.sub, i32.and).tee(others).branchIf(next);
        });
      });
      f.get(out).get(count).do(i32.add).set(out).get(start).get(count).do(i32.add).set(start).branch(again);
    });
  });
  f.get(widths).int(0x80).do(i32.and);
  f.if(() => f.int(0).int(1).memory(i32.store, refusedAt));
  f.get(out);
  return f;
}

/** `(start, end, blank, nul) → end`: where the bytes end that are neither. */
function rightTrimmer(module: ModuleWriter): FunctionWriter {
  const f = module.function(['i32', 'i32', 'i32', 'i32'], ['i32']);
  const [start, end, blank, nul] = f.parameters as readonly [Local, Local, Local, Local];
  const byte = f.local('i32');
  f.block((done) => {
    f.loop((again) => {
      f.get(start).get(end).do(i32.geU).branchIf(done);
      f.get(end).int(1).do(i32.sub).memory(i32.load8, 0).tee(byte).get(blank).do(i32.ne);
      f.get(byte).get(nul).do(i32.ne, i32.and).branchIf(done);
      f.get(end).int(1).do(i32.sub).set(end).branch(again);
    });
  });
  f.get(end);
  return f;
}

function trimLeft(f: FunctionWriter, start: Local, end: Local, blank: number): void {
  f.block((done) => {
    f.loop((again) => {
      f.get(start).get(end).do(i32.geU).branchIf(done);
      f.get(start).memory(i32.load8, 0).int(blank).do(i32.ne).branchIf(done);
      f.get(start).int(1).do(i32.add).set(start).branch(again);
    });
  });
}
