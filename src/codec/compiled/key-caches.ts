import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32, i64 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

/** Some bytes of a key. */
interface KeyPiece {
  /** Push their address. */
  readonly address: () => void;
  readonly length: number;
}

const entries = 256; // of a cache; a power of two
const entrySize = 16; // the key, then the answer and whether there is one
const answerAt = 8;
const isKnown = 12;
const longestKey = 8;

/**
 * Remembers what was decided for a key: which view or record it means. A key that is not known is asked for outside of the module, by
 * the same rules as the reference decoder's; decisions depend on nothing but the key.
 */
export class KeyCaches {
  readonly #module: ModuleWriter;

  constructor(module: ModuleWriter) {
    this.#module = module;
  }

  /** Push the decision that `ask` pushes too, but takes longer for. */
  lookUp(f: FunctionWriter, pieces: readonly KeyPiece[], ask: () => void): void {
    const total = pieces.reduce((sum, { length }) => sum + length, 0);
    if (total > longestKey || pieces.length === 0) {
      ask();
      return;
    }
    const answer = f.local('i32');
    const table = this.#module.reserve(entries * entrySize);
    const key = f.local('i64');
    const entry = f.local('i32');
    gather(f, key, pieces);
    hash(f, key);
    f.int(entries - 1)
      .do(i32.and)
      .int(entrySize)
      .do(i32.mul)
      .set(entry);
    const other = f.local('i32');
    const pushIsKnown = (at: Local): void => {
      f.get(at).memory(i64.load, table).get(key).do(i64.eq);
      f.get(at)
        .memory(i32.load, table + isKnown)
        .do(i32.and);
    };
    const recall = (at: Local): void => {
      f.get(at)
        .memory(i32.load, table + answerAt)
        .set(answer);
    };
    pushIsKnown(entry);
    f.if(
      () => recall(entry),
      () => {
        f.get(entry).int(entrySize).do(i32.xor).set(other);
        pushIsKnown(other);
        f.if(
          () => recall(other),
          () => {
            ask();
            f.set(answer);
            // Two keys that have the same place do not drive each other out.
            f.get(other).get(entry).memory(i64.load, table).memory(i64.store, table);
            f.get(other)
              .get(entry)
              .memory(i64.load, table + answerAt)
              .memory(i64.store, table + answerAt);
            f.get(entry).get(key).memory(i64.store, table);
            f.get(entry)
              .get(answer)
              .memory(i32.store, table + answerAt);
            f.get(entry)
              .int(1)
              .memory(i32.store, table + isKnown);
          },
        );
      },
    );
    f.get(answer);
  }
}

function gather(f: FunctionWriter, key: Local, pieces: readonly KeyPiece[]): void {
  let shift = 0;
  for (const { address, length } of pieces) {
    address();
    f.memory(i64.load, 0);
    if (length < longestKey) f.long((1n << BigInt(8 * length)) - 1n).do(i64.and);
    if (shift > 0) f.long(shift).do(i64.shl).get(key).do(i64.or);
    f.set(key);
    shift += 8 * length;
  }
}

/** Push a few well mixed bits of a key. */
function hash(f: FunctionWriter, key: Local): void {
  f.get(key).long(0x9e37_79b9_7f4a_7c15n).do(i64.mul).long(40).do(i64.shrU, i32.wrapLong);
}
