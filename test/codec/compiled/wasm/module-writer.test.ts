import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../../src/codec/compiled/wasm/byte-writer.ts';
import type { Local, Origin, Recording } from '../../../../src/codec/compiled/wasm/function-writer.ts';
import { i32, i64, v128 } from '../../../../src/codec/compiled/wasm/instructions.ts';
import { ModuleWriter } from '../../../../src/codec/compiled/wasm/module-writer.ts';
import { webAssembly } from '../../../../src/codec/compiled/wasm/web-assembly.ts';

type Exports = Readonly<Record<string, (...values: readonly number[]) => number>>;

/** Compile a module; gives what it exports, and its memory. */
function instantiate(
  module: ModuleWriter,
  imports: Readonly<Record<string, (...values: number[]) => number>> = {},
): { readonly exports: Exports; readonly bytes: Uint8Array } {
  if (webAssembly === null) throw new Error('no WebAssembly');
  const memory = new webAssembly.Memory({ initial: 1 });
  const compiled = new webAssembly.Module(module.finish());
  const { exports } = new webAssembly.Instance(compiled, { env: { ...imports, memory } });
  return { exports: exports as Exports, bytes: new Uint8Array(memory.buffer) };
}

/** Decode LEB128. */
function leb(bytes: Uint8Array, signed: boolean): bigint {
  let value = 0n;
  for (const [index, byte] of bytes.entries()) value |= BigInt(byte & 0x7f) << BigInt(7 * index);
  return signed ? BigInt.asIntN(7 * bytes.length, value) : value;
}

describe('numbers in LEB128', () => {
  it('come back, of any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer(),
        fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
        (a, b, c) => {
          const [unsigned, signed, long] = [new ByteWriter(), new ByteWriter(), new ByteWriter()];
          unsigned.unsigned(a);
          signed.signed(b);
          long.signedLong(c);
          expect(leb(unsigned.view(), false)).toBe(BigInt(a));
          expect(leb(signed.view(), true)).toBe(BigInt(b));
          expect(leb(long.view(), true)).toBe(c);
        },
      ),
    );
  });
});

describe('numbers that may be replaced', () => {
  it('come back, read with a sign and without one, and so do those in their place', () => {
    const integer = fc.integer({ min: 0, max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(integer, integer, (first, second) => {
        const writer = new ByteWriter();
        writer.byte(1);
        writer.wide(first);
        writer.byte(2);
        expect(writer.view().length).toBe(7);
        for (const number of [first, second]) {
          writer.wideAt(1, number);
          const bytes = writer.view().subarray(1, 6);
          expect([leb(bytes, false), leb(bytes, true)]).toEqual([BigInt(number), BigInt(number)]);
        }
        expect([writer.view()[0], writer.view()[6]]).toEqual([1, 2]);
      }),
    );
  });
});

describe('a module', () => {
  it('exports functions with variables, blocks and loops', () => {
    const module = new ModuleWriter(64);
    const f = module.function(['i32'], ['i32']);
    const [count] = f.parameters as readonly [Local];
    const sum = f.local('i32');
    f.block((done) => {
      f.loop((again) => {
        f.get(count).do(i32.eqz).branchIf(done);
        f.get(sum).get(count).do(i32.add).set(sum).get(count).int(1).do(i32.sub).set(count).branch(again);
      });
    });
    f.get(sum);
    module.export('sum', f);
    expect(instantiate(module).exports['sum']?.(10)).toBe(55);
  });

  it('calls imported functions and its own', () => {
    const module = new ModuleWriter(64);
    const twice = module.import('twice', ['i32'], ['i32']);
    const inner = module.function(['i32'], ['i32']);
    inner
      .get(inner.parameters[0] as Local)
      .call(twice)
      .int(1)
      .do(i32.add);
    const outer = module.function(['i32'], ['i32']);
    outer
      .get(outer.parameters[0] as Local)
      .call(inner)
      .if(
        () => outer.int(7).return(),
        () => outer.int(8).return(),
      );
    outer.int(9);
    module.export('outer', outer);
    const { exports } = instantiate(module, { twice: (value) => 2 * value });
    expect([exports['outer']?.(3), exports['outer']?.(-0.5)]).toEqual([7, 7]);
  });

  it('has each constant once, at an address that is a multiple of 16', () => {
    const module = new ModuleWriter(70);
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => 200 + index);
    const at = module.constant(bytes);
    expect(module.constant([...bytes])).toBe(at);
    expect(at % 16).toBe(0);
    const other = module.constant([1]);
    expect(other).toBeGreaterThan(at + 15);
    expect(module.end).toBe(other + 1);
    expect(instantiate(module).bytes.subarray(at, at + 16)).toEqual(bytes);
  });

  it('takes more constants than an engine takes pieces of data, and leaves what is reserved between them alone', () => {
    if (webAssembly === null) throw new Error('no WebAssembly');
    const module = new ModuleWriter(0);
    const places: { readonly at: number; readonly bytes: readonly number[] }[] = [];
    const reserved: number[] = [];
    for (let number = 0; number <= 100_000; number++) {
      const bytes = [number & 0xff, (number >> 8) & 0xff, 1 + (number >> 16)];
      places.push({ at: module.constant(bytes), bytes });
      if (number % 20_000 === 0) reserved.push(module.reserve(1));
    }
    const memory = new webAssembly.Memory({ initial: Math.ceil(module.end / 65_536) });
    const all = new Uint8Array(memory.buffer);
    for (const at of reserved) all[at] = 99;
    new webAssembly.Instance(new webAssembly.Module(module.finish()), { env: { memory } });
    expect(reserved.map((at) => all[at])).toEqual(reserved.map(() => 99));
    expect(places.filter(({ at, bytes }) => bytes.some((byte, index) => all[at + index] !== byte))).toEqual([]);
  });

  it('works on vectors', () => {
    const module = new ModuleWriter(64);
    const at = module.constant(Uint8Array.from({ length: 16 }, (_, index) => index));
    const out = module.reserve(16);
    const f = module.function([], ['i32']);
    const vector = f.local('v128');
    f.atStart(() => f.int(0).vectorMemory(v128.load, at).set(vector));
    f.int(0).get(vector).get(vector).shuffle([15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    f.bytes(new Array<number>(16).fill(0x30)).vector(v128.or).vectorMemory(v128.store, out);
    f.get(vector).extractLong(0).long(56).do(i64.shrU, i32.wrapLong);
    module.export('run', f);
    const { exports, bytes } = instantiate(module);
    expect(exports['run']?.()).toBe(7);
    expect(Buffer.from(bytes.subarray(out, out + 16)).toString('latin1')).toBe('?>=<;:9876543210');
  });

  it('has code that was recorded in several functions, each with places and constants of its own', () => {
    const module = new ModuleWriter(64);
    const input = module.reserve(16);
    const constant = module.constant([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]);
    let recording: Recording | null = null;
    for (const [unrelated, from, to] of [
      [0, 2, 1000],
      [3, 7, 70],
    ] as const) {
      const f = module.function(['i32'], ['i32']);
      const [base] = f.parameters as readonly [Local];
      for (let index = 0; index < unrelated; index++) f.local('v128');
      const local = f.local('v128');
      f.int(0).vectorMemory(v128.load, constant).set(local);
      const originValue = (origin: Origin): number =>
        origin === 'from' ? from : origin === 'to' ? to : origin === constant ? local.index : Number.NaN;
      const write = (): void => {
        f.get(base)
          .memory(i32.load8, from + 1, 'from')
          .getConstant(local, constant)
          .extractLong(0);
        f.do(i32.wrapLong).int(0xff).do(i32.and, i32.add).int(to, 'to').do(i32.add);
      };
      if (recording === null) recording = f.recording(write, originValue);
      else f.replay(recording, originValue);
      module.export(`f${unrelated}`, f);
    }
    const { exports, bytes } = instantiate(module);
    bytes.set([30, 40, 50, 60, 70, 80, 90, 100, 110], input);
    expect([exports['f0']?.(input), exports['f3']?.(input)]).toEqual([60 + 5 + 1000, 110 + 5 + 70]);
  });

  it('refuses shuffles of other than 16 lanes, and imports that come too late', () => {
    const module = new ModuleWriter(64);
    const f = module.function([], []);
    expect(() => f.shuffle([0])).toThrow(RangeError);
    expect(() => f.bytes([0])).toThrow(RangeError);
    expect(() => module.import('late', [], [])).toThrow(RangeError);
  });

  it('calls functions of other modules by their numbers in a table', () => {
    if (webAssembly === null) throw new Error('no WebAssembly');
    const functionOf = (write: (f: ReturnType<ModuleWriter['function']>, value: Local) => void): unknown => {
      const module = new ModuleWriter(64);
      const f = module.function(['i32'], ['i32']);
      write(f, f.parameters[0] as Local);
      module.export('f', f);
      return instantiate(module).exports['f'];
    };
    const table = new webAssembly.Table({ element: 'anyfunc', initial: 2 });
    table.set(
      0,
      functionOf((f, value) => f.get(value).int(1).do(i32.add)),
    );
    table.set(
      1,
      functionOf((f, value) => f.get(value).get(value).do(i32.mul)),
    );
    expect(() => table.set(0, (value: number) => value)).toThrow(TypeError);
    const module = new ModuleWriter(64);
    const twice = module.import('twice', ['i32'], ['i32']);
    const other = module.signature(['i64', 'i32'], []);
    const signature = module.signature(['i32'], ['i32']);
    expect(module.signature(['i64', 'i32'], [])).toEqual(other);
    expect(signature).not.toEqual(other);
    const f = module.function(['i32', 'i32'], ['i32']);
    const [value, which] = f.parameters as readonly [Local, Local];
    f.get(value).call(twice).get(which).callIndirect(signature);
    module.export('f', f);
    const memory = new webAssembly.Memory({ initial: 1 });
    const instance = new webAssembly.Instance(new webAssembly.Module(module.finish()), {
      env: { memory, table, twice: (number: number) => 2 * number },
    });
    const { f: call } = instance.exports as { readonly f: (value: number, which: number) => number };
    expect([0, 1].map((index) => call(5, index))).toEqual([11, 100]);
    expect(() => call(5, 2)).toThrow(/table/);
  });
});
