import type { FunctionWriter, Local } from '../../codec/compiled/wasm/function-writer.ts';
import { i32, i64, v128 } from '../../codec/compiled/wasm/instructions.ts';
import { ModuleWriter } from '../../codec/compiled/wasm/module-writer.ts';
import { kinds, type StringControls } from './string-controls.ts';

const step = 16; // bytes that are copied or filled at once: up to 15 more than wanted are written

/** A WebAssembly module that decompresses bodies of frames, and where the tables of control bytes are in its memory. */
export interface EmittedExpanders {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The first address behind what the module needs. */
  readonly end: number;
  readonly meanings: ReadonlyMap<StringControls, number>;
}

/**
 * What the module exports: functions that copy the `header` bytes at `from` to `target`, decompress what is behind them, up to `to`, and
 * give the bytes at the target, header too. All addresses are those of its memory; what is no whole body of the scheme gives −1.
 */
export interface ExpanderExports {
  /** Decompress strings to at most `most` bytes. There must be an end mark if `mark` is not 0. */
  strings(
    from: number,
    to: number,
    header: number,
    target: number,
    most: number,
    meanings: number,
    prime: number,
    mark: number,
  ): number;
  /** Fill up to `length` bytes behind the header, which is not less than are given. */
  cut(from: number, to: number, header: number, target: number, length: number, fill: number): number;
  /** Put fields where a bitmap says that they are, and fill bytes for the others: `count` fields, of each the length in 4 bytes at `widths`. */
  bitmap(from: number, to: number, header: number, target: number, widths: number, count: number, fill: number): number;
}

/** Write the module for some sets of control bytes; it keeps what it needs in memory from `start` on. */
export function emitExpanders(start: number, controls: readonly StringControls[]): EmittedExpanders {
  const module = new ModuleWriter(start);
  const meanings = new Map(
    controls.map((one) => [one, module.constant(new Uint8Array(one.meanings.buffer, one.meanings.byteOffset, 512))]),
  );
  module.export('strings', stringsFunction(module));
  module.export('cut', cutFunction(module));
  module.export('bitmap', bitmapFunction(module));
  return { bytes: module.finish(), end: module.end, meanings };
}

function stringsFunction(module: ModuleWriter): FunctionWriter {
  const f = module.function(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']);
  const [from, to, header, target, most, meanings, prime, mark] = f.parameters as readonly [
    ...[Local, Local, Local, Local],
    ...[Local, Local, Local, Local],
  ];
  const [at, out, limit, kind, size] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const copy = copier(f);
  const fill = filler(f);
  const byte = f.local('i32');
  const refuseIf = (): void => {
    f.if(() => f.int(-1).return());
  };
  copy(from, target, header);
  f.get(from).get(header).do(i32.add).set(at);
  f.get(target).get(header).do(i32.add).tee(out).get(most).do(i32.add).set(limit);
  f.block((end) => {
    f.loop((next) => {
      f.get(at).get(to).do(i32.geU).branchIf(end);
      f.get(meanings).get(at).memory(i32.load8, 0).int(1).do(i32.shl, i32.add).memory(i32.load16, 0).tee(size);
      f.int(8).do(i32.shrU).set(kind).get(size).int(0xff).do(i32.and).set(size);
      f.get(at).int(1).do(i32.add).set(at);
      f.get(size).get(limit).get(out).do(i32.sub, i32.gtU);
      refuseIf();
      f.get(kind).int(kinds.literal).do(i32.eq);
      f.if(() => {
        f.get(size).get(to).get(at).do(i32.sub, i32.gtU);
        refuseIf();
        copy(at, out, size);
        f.get(at).get(size).do(i32.add).set(at).get(out).get(size).do(i32.add).set(out).branch(next);
      });
      f.get(prime).set(byte).get(kind).int(kinds.repeat).do(i32.eq);
      f.if(
        () => {
          f.get(at).get(to).do(i32.geU);
          refuseIf();
          f.get(at).memory(i32.load8, 0).set(byte).get(at).int(1).do(i32.add).set(at);
        },
        () => {
          f.get(kind).int(kinds.prime).do(i32.ne);
          f.if(() => {
            // Only the end mark is left, and nothing may follow it.
            f.get(kind).int(kinds.end).do(i32.ne).get(at).get(to).do(i32.ne, i32.or);
            refuseIf();
            f.get(out).get(target).do(i32.sub).return();
          });
        },
      );
      fill(byte, out, size);
      f.get(out).get(size).do(i32.add).set(out).branch(next);
    });
  });
  f.int(-1).get(out).get(target).do(i32.sub).get(mark).select();
  return f;
}

function cutFunction(module: ModuleWriter): FunctionWriter {
  const f = module.function(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']);
  const [from, to, header, target, length, byte] = f.parameters as readonly [Local, Local, Local, Local, Local, Local];
  const [size, whole, end] = [f.local('i32'), f.local('i32'), f.local('i32')];
  f.get(header).get(length).do(i32.add).set(whole);
  f.get(to).get(from).do(i32.sub).tee(size).get(whole).do(i32.gtU);
  f.if(() => f.int(-1).return());
  copier(f)(from, target, size);
  f.get(target).get(size).do(i32.add).set(end).get(whole).get(size).do(i32.sub).set(size);
  filler(f)(byte, end, size);
  f.get(whole);
  return f;
}

/** Bit 1, the highest, says whether there are 16 bytes of bits or 8, each of the others whether there is the field of its number. */
function bitmapFunction(module: ModuleWriter): FunctionWriter {
  const f = module.function(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']);
  const [from, to, header, target, widths, count, byte] = f.parameters as readonly [
    ...[Local, Local, Local, Local],
    ...[Local, Local, Local],
  ];
  const [map, at, out, bits] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const [bit, present, width] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const copy = copier(f);
  const fill = filler(f);
  const refuseIf = (): void => {
    f.if(() => f.int(-1).return());
  };
  copy(from, target, header);
  f.get(target).get(header).do(i32.add).set(out).get(from).get(header).do(i32.add).tee(map);
  f.get(to).do(i32.geU);
  refuseIf();
  f.int(128).int(64).get(map).memory(i32.load8, 0).int(0x80).do(i32.and).select().tee(bits);
  f.int(3).do(i32.shrU).get(map).do(i32.add).tee(at).get(to).do(i32.gtU);
  refuseIf();
  f.int(1).set(bit);
  f.loop((next) => {
    // No bit stands for a field behind the bitmap.
    f.int(0).set(present).get(bit).get(bits).do(i32.ltU);
    f.if(() => {
      f.get(map).get(bit).int(3).do(i32.shrU, i32.add).memory(i32.load8, 0);
      f.get(bit).int(7).do(i32.and, i32.shl).int(0x80).do(i32.and).set(present);
    });
    f.get(bit).get(count).do(i32.gtU);
    f.if(
      () => {
        f.get(present);
        refuseIf();
      },
      () => {
        f.get(widths).get(bit).int(1).do(i32.sub).int(4).do(i32.mul, i32.add).memory(i32.load, 0).set(width);
        f.get(present).if(
          () => {
            f.get(width).get(to).get(at).do(i32.sub, i32.gtU);
            refuseIf();
            copy(at, out, width);
            f.get(at).get(width).do(i32.add).set(at);
          },
          () => fill(byte, out, width),
        );
        f.get(out).get(width).do(i32.add).set(out);
      },
    );
    f.get(bit).int(1).do(i32.add).tee(bit).get(bits).do(i32.ltU);
    f.get(bit).get(count).do(i32.leU, i32.or).branchIf(next);
  });
  f.int(-1).get(out).get(target).do(i32.sub).get(at).get(to).do(i32.ne).select();
  return f;
}

/** Writes code that copies `size` bytes, and a little more, from an address to another that does not overlap. */
function copier(f: FunctionWriter): (from: Local, to: Local, size: Local) => void {
  const done = f.local('i32');
  return (from, to, size) => {
    f.int(0).set(done);
    f.loop((again) => {
      f.get(to).get(done).do(i32.add);
      f.get(from).get(done).do(i32.add).vectorMemory(v128.load, 0).vectorMemory(v128.store, 0);
      f.get(done).int(step).do(i32.add).tee(done).get(size).do(i32.ltU).branchIf(again);
    });
  };
}

/** Writes code that fills `size` bytes, and a little more, with a byte. */
function filler(f: FunctionWriter): (byte: Local, to: Local, size: Local) => void {
  const done = f.local('i32');
  const bytes = f.local('v128');
  return (byte, to, size) => {
    f.get(byte).do(i64.extendU).long(0x0101010101010101n).do(i64.mul).vector(v128.splatLong).set(bytes);
    f.int(0).set(done);
    f.loop((again) => {
      f.get(to).get(done).do(i32.add).get(bytes).vectorMemory(v128.store, 0);
      f.get(done).int(step).do(i32.add).tee(done).get(size).do(i32.ltU).branchIf(again);
    });
  };
}
