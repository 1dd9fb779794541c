import type { FunctionWriter, Local } from '../../codec/compiled/wasm/function-writer.ts';
import { i32, i64 } from '../../codec/compiled/wasm/instructions.ts';
import type { ModuleWriter } from '../../codec/compiled/wasm/module-writer.ts';
import type { ByteRange } from '../header/header-rules.ts';

/** A table in memory of decisive bytes of headers, and the kind of frames that each of them means. */
export interface HeaderSlots {
  /** No more than this may be learned. */
  readonly count: number;
  /** Push the kind of the frame at an address, 0 for bytes that were not learned. */
  pushKind(f: FunctionWriter, address: Local): void;
  /** Learn the kind of the frame at an address; pushes 1, or 0 when it was known. */
  pushLearned(f: FunctionWriter, address: Local, kind: Local): void;
}

/** 8 bytes of a header, of which those in the mask decide. */
interface Window {
  readonly start: number;
  readonly mask: bigint;
}

const leastSlots = 1024;
const windowSize = 8;
// Odd, without pattern in their bits.
const factors = [0x9e37_79b9_7f4a_7c15n, 0xc2b2_ae3d_27d4_eb4fn, 0x1656_67b1_9e37_79f9n, 0xd6e8_feb8_6659_fd93n];

/** Write such a table into a module, with room for several headers of each kind. */
export function headerSlots(module: ModuleWriter, decisive: readonly ByteRange[], kinds: number): HeaderSlots {
  const bits = Math.ceil(Math.log2(Math.max(leastSlots, 8 * kinds)));
  const windows = windowsOf(decisive);
  const size = windowSize * (windows.length + 1);
  const kindAt = size - windowSize;
  const slotsAt = module.reserve(size << bits);

  /** Find the slot of a header, or the free one where it would be, and push its kind. */
  const find = (f: FunctionWriter, address: Local): { readonly slot: Local; readonly words: readonly Local[] } => {
    const [index, slot, kind] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.long(0);
    const words = windows.map(({ start, mask }, window) => {
      const word = f.local('i64');
      f.get(address).memory(i64.load, start).long(signed(mask)).do(i64.and).tee(word);
      f.long(signed(factors[window] ?? 1n)).do(i64.mul, i64.xor);
      return word;
    });
    f.long(64 - bits)
      .do(i64.shrU, i32.wrapLong)
      .set(index);
    f.block((found) => {
      f.loop((again) => {
        f.get(index).int(size).do(i32.mul).int(slotsAt).do(i32.add).tee(slot);
        f.memory(i32.load, kindAt).tee(kind).do(i32.eqz).branchIf(found);
        f.int(0);
        for (const [window, word] of words.entries()) {
          f.get(slot)
            .memory(i64.load, windowSize * window)
            .get(word)
            .do(i64.ne, i32.or);
        }
        f.do(i32.eqz).branchIf(found);
        f.get(index)
          .int(1)
          .do(i32.add)
          .int(2 ** bits - 1)
          .do(i32.and)
          .set(index)
          .branch(again);
      });
    });
    f.get(kind);
    return { slot, words };
  };
  return {
    count: 2 ** (bits - 1),
    pushKind: (f, address) => void find(f, address),
    pushLearned(f, address, kind) {
      const { slot, words } = find(f, address);
      f.if(() => f.int(0).return());
      for (const [index, word] of words.entries())
        f.get(slot)
          .get(word)
          .memory(i64.store, windowSize * index);
      f.get(slot).get(kind).memory(i32.store, kindAt).int(1);
    },
  };
}

/** Cover bytes with as few windows as can be. */
function windowsOf(decisive: readonly ByteRange[]): readonly Window[] {
  const bytes = decisive.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index));
  const masks = new Map<number, bigint>();
  let start = Number.NEGATIVE_INFINITY;
  for (const byte of [...new Set(bytes)].sort((a, b) => a - b)) {
    if (byte >= start + windowSize) start = byte;
    masks.set(start, (masks.get(start) ?? 0n) | (0xffn << BigInt(8 * (byte - start))));
  }
  return [...masks].map(([from, mask]) => ({ start: from, mask }));
}

function signed(bits: bigint): bigint {
  return BigInt.asIntN(64, bits);
}
