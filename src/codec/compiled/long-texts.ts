import { Emission, type Site } from './emission.ts';
import type { TextKernel } from './kernel.ts';
import type { Translation } from './translation.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

const size = 16;
const oneMask = Uint8Array.from({ length: 2 * size }, (_, lane) => (lane < size ? 0xff : 0));

/** Writes texts that are too long for straight-line code, 16 bytes at a time, by a function for each code page and trim. */
export class LongTexts {
  readonly #module: ModuleWriter;
  readonly #refusedAt: number;
  readonly #writers = new Map<string, FunctionWriter>();

  constructor(module: ModuleWriter, refusedAt: number) {
    this.#module = module;
    this.#refusedAt = refusedAt;
  }

  write(emission: Emission, { base, offset }: Site, kernel: TextKernel, translation: Translation): void {
    const { f, out } = emission;
    const trims = kernel.trim === 'right';
    const key = `${kernel.codepage} ${kernel.nel} ${trims}`;
    const writer = this.#writers.get(key) ?? longWriter(this.#module, translation, trims, this.#refusedAt);
    this.#writers.set(key, writer);
    emission.flush();
    f.get(base).int(offset).do(i32.add).int(kernel.length).get(out).call(writer).set(out);
  }
}

/** `(start, length, out) → out`: cut off blanks on the right when it `trims`, then translate what is left. */
function longWriter(module: ModuleWriter, translation: Translation, trims: boolean, refusedAt: number): FunctionWriter {
  const f = module.function(['i32', 'i32', 'i32'], ['i32']);
  const [start, length, out] = f.parameters as readonly [Local, Local, Local];
  const emission = new Emission(module, f, out);
  const { scratch, strange } = emission;
  const end = f.local('i32');
  const left = f.local('i32');
  const mask = f.local('i32');
  const characters = f.local('v128');
  f.get(start).get(length).do(i32.add).set(end);
  if (trims) trimRight(emission, start, end, mask, translation.blank);
  f.get(end).get(start).do(i32.sub).tee(length).get(out).do(i32.add).set(length);
  // From here on `length` is where the text ends in the output.
  f.block((done) => {
    f.loop((again) => {
      f.get(end).get(start).do(i32.sub).tee(left).int(0).do(i32.leS).branchIf(done);
      f.get(start).vectorMemory(v128.load, 0).set(scratch.bytes);
      translation.translate(emission, scratch.bytes, characters);
      // Bytes behind the text may be anything.
      f.int(size).get(left).int(size).get(left).int(size).do(i32.ltU).select().do(i32.sub);
      f.vectorMemory(v128.load, module.constant(oneMask)).vector(v128.and).get(strange).vector(v128.or).set(strange);
      f.get(out).get(characters).vectorMemory(v128.store, 0);
      f.get(start).int(size).do(i32.add).set(start).get(out).int(size).do(i32.add).set(out).branch(again);
    });
  });
  f.get(strange).vector(v128.anyTrue);
  f.if(() => f.int(0).int(1).memory(i32.store, refusedAt));
  f.get(length);
  return f;
}

/** Move `end` back over blanks. */
function trimRight(emission: Emission, start: Local, end: Local, mask: Local, blank: number): void {
  const { f } = emission;
  f.block((done) => {
    f.loop((again) => {
      f.get(end).get(start).do(i32.leU).branchIf(done);
      f.get(end).int(size).do(i32.sub).vectorMemory(v128.load, 0);
      emission.repeated(blank).f.vector(v128.ne, v128.bitmask).tee(mask);
      f.if(() => {
        // The last byte that is no blank; it may stand before the text, which then is all blank.
        f.get(end)
          .get(mask)
          .do(i32.clz)
          .int(32 - size)
          .do(i32.sub, i32.sub)
          .set(end);
        f.get(start).get(end).get(start).get(end).do(i32.gtU).select().set(end).branch(done);
      });
      f.get(end).int(size).do(i32.sub).set(end).branch(again);
    });
  });
  f.get(start).get(end).get(start).get(end).do(i32.gtU).select().set(end);
}
