import { resultPlaces } from '../../codec/compiled/result-places.ts';
import type { Callable, FunctionWriter, Local } from '../../codec/compiled/wasm/function-writer.ts';
import { i32, i64 } from '../../codec/compiled/wasm/instructions.ts';
import { ModuleWriter } from '../../codec/compiled/wasm/module-writer.ts';
import type { ExpanderExports } from '../compression/emit-expanders.ts';
import type { HeaderRules } from '../header/header-rules.ts';
import { branchUnlessSound } from '../header/write-header-rules.ts';
import { frameTrace } from './frame-trace.ts';
import { type HeaderSlots, headerSlots } from './header-slots.ts';

/** A WebAssembly module that takes frames of a list to the decoders of their types, and where things are in its memory. */
export interface EmittedFrameLoop {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The first address behind what the module needs. */
  readonly end: number;
  /** Where a run leaves the address behind what it wrote, why it stopped and the kind of the last frame, 4 bytes each. */
  readonly resultAt: number;
  /** Kinds of frames, one after the other: see `kindParts`. */
  readonly kindsAt: number;
  /** Headers that it can know. */
  readonly slots: number;
}

/** What the module exports. All addresses are those of its memory. */
export interface FrameLoopExports {
  /**
   * Decode `count` frames of a list: offset from `input` and length of each, 4 bytes each. Bodies are decompressed to `plain`, lines are
   * written from `out` on. Gives how many frames are done.
   *
   * A `trace` other than 0 is where their traces go. Then each body is decompressed behind the one before it, `step` bytes further.
   */
  run(
    list: number,
    count: number,
    input: number,
    plain: number,
    out: number,
    limit: number,
    trace: number,
    step: number,
  ): number;
  /** Take frames whose header has the same decisive bytes as the sound one at an address for frames of a kind from now on. 1: it was not known. */
  learn(address: number, kind: number): number;
}

/** Where the parts of a kind of frames are: those of a type, compressed or not. */
export const kindParts = {
  /** The number of the decoder in the table. */
  decoder: 0,
  /** Where that leaves its result: see `resultPlaces`. */
  result: 4,
  /** See `expansions`. */
  expansion: 8,
  /** What the function of the expander is given: see `CompiledExpander`. */
  settings: 12,
  /** Frames that were decoded, and their bytes as sent: 64 bits each. */
  frames: 32,
  bytes: 40,
  /** Index of the type. */
  type: 48,
  size: 56,
} as const;

/** How bodies are decompressed: not at all, by a function of the expanders, or by a call of JavaScript. */
export const expansions = { none: 0, strings: 1, cut: 2, bitmap: 3, other: 4 } as const;

/**
 * Why a run stopped: behind the last frame; a decoder did, which knows why; a body was refused; or the header of a frame is not known, or
 * not surely sound.
 */
export const loopStops = { end: 0, decoder: 1, refused: 2, doubt: 3 } as const;

/** Parameters of the function that decodes records: see `emitModule`. */
const decoderParameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** How many settings the functions of the expanders take. */
const settingsOf: Readonly<Record<keyof ExpanderExports, number>> = { strings: 4, cut: 2, bitmap: 3 };
const callees = Object.keys(settingsOf) as readonly (keyof ExpanderExports)[];

/** What the module imports beside its memory and its table of decoders. */
interface Expanders {
  readonly callees: ReadonlyMap<keyof ExpanderExports, Callable>;
  /** `(kind, address, length, target) → length`, −1 for what is refused. */
  readonly expand: Callable;
}

/** Write the module for up to so many kinds of frames; it keeps what it needs in memory from `start` on. */
export function emitFrameLoop(start: number, rules: HeaderRules, kinds: number, compressed: boolean): EmittedFrameLoop {
  const module = new ModuleWriter(start);
  const expanders = compressed ? importExpanders(module) : null;
  const decoder = module.signature(decoderParameters, ['i32']);
  const slots = headerSlots(module, rules.decisive, kinds);
  const kindsAt = module.reserve(kinds * kindParts.size);
  const resultAt = module.reserve(12);

  const f = module.function(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']);
  const [list, count, input, plain, out, limit, trace, step] = f.parameters as unknown as [
    ...[Local, Local, Local, Local],
    ...[Local, Local, Local, Local],
  ];
  const locals = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  const [done, reason, address, length, kind, from, size, result] = locals.map((type) => f.local(type)) as unknown as [
    ...[Local, Local, Local, Local],
    ...[Local, Local, Local, Local],
  ];
  f.block((stop) => {
    f.loop((again) => {
      f.int(loopStops.end).set(reason).get(done).get(count).do(i32.geU).branchIf(stop);
      f.get(input).get(list).memory(i32.load, 0).do(i32.add).set(address);
      f.get(list).memory(i32.load, 4).set(length).int(loopStops.doubt).set(reason);
      branchUnlessSound(f, rules, address, length, stop);
      slots.pushKind(f, address);
      f.tee(kind).do(i32.eqz).branchIf(stop);
      f.int(loopStops.refused).set(reason).get(address).set(from).get(length).set(size);
      if (expanders !== null) {
        f.get(kind).memory(i32.load, kindParts.expansion);
        f.if(() => {
          pushExpanded(f, expanders, rules.length, { kind, address, length, plain });
          f.tee(size).int(0).do(i32.ltS).branchIf(stop).get(plain).set(from);
        });
      }
      f.get(from).int(1).get(size).int(0).get(out).get(limit);
      f.get(kind).memory(i32.load, kindParts.decoder).callIndirect(decoder);
      f.if(() => {
        add(f, kind, kindParts.frames, () => f.long(1));
        add(f, kind, kindParts.bytes, () => f.get(length).do(i64.extendU));
        f.get(list).int(8).do(i32.add).set(list).get(done).int(1).do(i32.add).set(done);
        f.get(trace);
        f.if(() => {
          f.get(trace).get(out).memory(i32.store, frameTrace.from);
          f.get(trace).get(kind).memory(i32.load, kindParts.result).memory(i32.load, resultPlaces.out);
          f.memory(i32.store, frameTrace.to);
          f.get(trace).get(from).memory(i32.store, frameTrace.plain);
          f.get(trace).get(size).memory(i32.store, frameTrace.length);
          f.get(trace).get(kind).memory(i32.load, kindParts.type).memory(i32.store, frameTrace.type);
          f.get(trace).int(frameTrace.size).do(i32.add).set(trace).get(plain).get(step).do(i32.add).set(plain);
        });
      });
      f.int(loopStops.decoder).set(reason);
      f.get(kind).memory(i32.load, kindParts.result).tee(result).memory(i32.load, resultPlaces.out).set(out);
      f.get(result).memory(i32.load, resultPlaces.reason).do(i32.eqz).branchIf(again);
    });
  });
  f.int(0).get(out).memory(i32.store, resultAt);
  f.int(0)
    .get(reason)
    .memory(i32.store, resultAt + 4);
  f.int(0)
    .get(kind)
    .memory(i32.store, resultAt + 8);
  f.get(done);
  module.export('run', f);
  module.export('learn', learnFunction(module, slots));
  return { bytes: module.finish(), end: module.end, resultAt, kindsAt, slots: slots.count };
}

function importExpanders(module: ModuleWriter): Expanders {
  const parameters = (count: number): 'i32'[] => new Array<'i32'>(count).fill('i32');
  return {
    callees: new Map(callees.map((name) => [name, module.import(name, parameters(4 + settingsOf[name]), ['i32'])])),
    expand: module.import('expand', parameters(4), ['i32']),
  };
}

/** Decompress the body of a frame; pushes how long the plain frame is, negative for what is refused. */
function pushExpanded(
  f: FunctionWriter,
  expanders: Expanders,
  headerLength: number,
  { kind, address, length, plain }: Readonly<Record<'kind' | 'address' | 'length' | 'plain', Local>>,
): void {
  const found = f.local('i32');
  f.block((done) => {
    for (const [name, callee] of expanders.callees) {
      f.get(kind).memory(i32.load, kindParts.expansion).int(expansions[name]).do(i32.eq);
      f.if(() => {
        f.get(address).get(address).get(length).do(i32.add).int(headerLength).get(plain);
        for (let index = 0; index < settingsOf[name]; index++)
          f.get(kind).memory(i32.load, kindParts.settings + 4 * index);
        f.call(callee).set(found).branch(done);
      });
    }
    f.get(kind).get(address).get(length).get(plain).call(expanders.expand).set(found);
  });
  f.get(found);
}

/** Add 64 bits to a part of a kind. */
function add(f: FunctionWriter, kind: Local, part: number, push: () => void): void {
  f.get(kind).get(kind).memory(i64.load, part);
  push();
  f.do(i64.add).memory(i64.store, part);
}

function learnFunction(module: ModuleWriter, slots: HeaderSlots): FunctionWriter {
  const f = module.function(['i32', 'i32'], ['i32']);
  const [address, kind] = f.parameters as readonly [Local, Local];
  slots.pushLearned(f, address, kind);
  return f;
}
