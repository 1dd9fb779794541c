import type { Emission, Site } from './emission.ts';
import type { TextKernel } from './kernel.ts';
import { type TextTables, textTables } from './text-tables.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32, i64 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

/**
 * Writes text byte by byte: whatever characters it has, and whatever is trimmed. Characters beyond ASCII become UTF-8, others are
 * escaped; only what would give an issue is refused.
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
      this.#trimRight(f, start, end, tables.blank, trim === 'nul' ? tables.nul : -1);
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

/** `(start, end, out) → out`: write the characters of bytes as JSON has them. */
function escapingWriter(module: ModuleWriter, tables: TextTables, refusedAt: number): FunctionWriter {
  const table = module.constant(tables.escaped);
  const f = module.function(['i32', 'i32', 'i32'], ['i32']);
  const [start, end, out] = f.parameters as readonly [Local, Local, Local];
  const entry = f.local('i64');
  const size = f.local('i32');
  const sizes = f.local('i32');
  f.block((done) => {
    f.loop((again) => {
      f.get(start).get(end).do(i32.geU).branchIf(done);
      f.get(out).get(start).memory(i32.load8, 0).int(3).do(i32.shl).memory(i64.load, table).tee(entry);
      f.memory(i64.store, 0);
      f.get(entry).long(56).do(i64.shrU, i32.wrapLong).tee(size).get(sizes).do(i32.or).set(sizes);
      f.get(out).get(size).int(0x7f).do(i32.and, i32.add).set(out);
      f.get(start).int(1).do(i32.add).set(start).branch(again);
    });
  });
  f.get(sizes).int(0x80).do(i32.and);
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
