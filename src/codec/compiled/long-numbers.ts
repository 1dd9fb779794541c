import type { Emission } from './emission.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

const room = 160; // bytes: the digits of the longest number, and what is written behind them

/**
 * Writes numbers that are too long for one vector: their digits are first kept in memory, a byte each, then written by a
 * function that all of them share.
 */
export class LongNumbers {
  /** Where digits are kept. */
  readonly digitsAt: number;
  readonly #module: ModuleWriter;
  readonly #refusedAt: number;
  #writer: FunctionWriter | null = null;

  constructor(module: ModuleWriter, refusedAt: number) {
    this.#module = module;
    this.#refusedAt = refusedAt;
    this.digitsAt = module.reserve(room);
  }

  /** Keep the vector of digits that was read last, as the digits from `first` on. */
  keep({ f, scratch }: Emission, first: number): void {
    f.int(this.digitsAt + first)
      .get(scratch.digits)
      .vectorMemory(v128.store, 0);
  }

  /** Write the number that was kept. */
  write(emission: Emission, digits: number, scale: number, negative: Local | null): void {
    this.#writer ??= decimalWriter(this.#module, this.digitsAt, this.#refusedAt);
    const { f, out } = emission;
    emission.flush();
    f.int(digits).int(scale);
    if (negative === null) f.int(0);
    else f.get(negative);
    f.get(out).call(this.#writer).set(out);
  }
}

/** `(digits, scale, negative, out) → out`: what `decimalText` does, digit by digit. */
function decimalWriter(module: ModuleWriter, digitsAt: number, refusedAt: number): FunctionWriter {
  const f = module.function(['i32', 'i32', 'i32', 'i32'], ['i32']);
  const [count, scale, negative, out] = f.parameters as readonly [Local, Local, Local, Local];
  const index = f.local('i32');
  const whole = f.local('i32');
  const stop = f.local('i32');

  const put = (byte: () => void): void => {
    f.get(out);
    byte();
    f.memory(i32.store8, 0).get(out).int(1).do(i32.add).set(out);
  };
  /** Write digits from `index` to before `stop`. */
  const copy = (): void => {
    f.block((done) => {
      f.loop((again) => {
        f.get(index).get(stop).do(i32.geS).branchIf(done);
        put(() => f.get(index).memory(i32.load8, digitsAt).int(0x30).do(i32.add));
        f.get(index).int(1).do(i32.add).set(index).branch(again);
      });
    });
  };
  /** Write as many zeros as the number on the stack says. */
  const zeros = (): void => {
    f.set(stop);
    f.block((done) => {
      f.loop((again) => {
        f.get(stop).int(0).do(i32.leS).branchIf(done);
        put(() => f.int(0x30));
        f.get(stop).int(1).do(i32.sub).set(stop).branch(again);
      });
    });
  };

  // The first digit that is not zero.
  f.block((done) => {
    f.loop((again) => {
      f.get(index).get(count).do(i32.geS).branchIf(done);
      f.get(index).memory(i32.load8, digitsAt).branchIf(done);
      f.get(index).int(1).do(i32.add).set(index).branch(again);
    });
  });
  f.get(negative).get(index).get(count).do(i32.eq, i32.and);
  f.if(() => f.int(0).int(1).memory(i32.store, refusedAt));
  f.get(negative).if(() => put(() => f.int(0x2d)));
  f.get(count).get(scale).do(i32.sub).set(whole);
  f.get(scale).int(0).do(i32.leS);
  f.if(
    () => {
      f.get(index).get(count).do(i32.eq);
      f.if(
        () => put(() => f.int(0x30)),
        () => {
          f.get(count).set(stop);
          copy();
          f.int(0).get(scale).do(i32.sub);
          zeros();
        },
      );
    },
    () => {
      f.get(whole).int(0).do(i32.leS).get(index).get(whole).do(i32.geS, i32.or);
      f.if(() => put(() => f.int(0x30)));
      f.get(whole).set(stop);
      copy();
      put(() => f.int(0x2e));
      f.int(0).get(whole).do(i32.sub);
      zeros();
      // The decimals are those from the point on, leading zeros too.
      f.get(whole).int(0).get(whole).int(0).do(i32.gtS).select().set(index);
      f.get(count).set(stop);
      copy();
    },
  );
  f.get(out);
  return f;
}
