import { CarefulText } from './careful-text.ts';
import type { CompiledPlan, PlannedRecord } from './compiled-plan.ts';
import { Emission } from './emission.ts';
import type { TextMode } from './field-writer.ts';
import { isLarge } from './function-size.ts';
import { type JsonStep, jsonSteps } from './json-steps.ts';
import { KeyCaches } from './key-caches.ts';
import { lineBound } from './line-bound.ts';
import { LongNumbers } from './long-numbers.ts';
import { LongTexts } from './long-texts.ts';
import type { ModuleParts } from './module-parts.ts';
import type { RecordHost } from './record-host.ts';
import { RecordWriter } from './record-writer.ts';
import type { Callable, FunctionWriter, Label, Local } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';
import { ModuleWriter } from './wasm/module-writer.ts';

/** A WebAssembly module that decodes the records of a plan, and where things are in its memory. */
export interface EmittedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The first address behind what the module needs. */
  readonly end: number;
  /** The most bytes that a record may write. */
  readonly lineBound: number;
  /** Where a run leaves the address behind what it wrote, and behind that why it stopped. */
  readonly resultAt: number;
  /** For each record of the plan the slots: the address of a value, then the value of a counter, 4 bytes each. */
  readonly slotsAt: readonly number[];
  /** What the numbers mean that the module's imports are called with. */
  readonly references: readonly Reference[];
}

/** An item of one of the plan's records. */
export interface Reference {
  readonly record: number;
  readonly item: number;
}

/** Why a run stopped before its last record: the output is full, or the record is left to the reference decoder. */
export const stopReasons = { end: 0, full: 1, unusual: 2 } as const;

/**
 * Compile a plan to WebAssembly, which keeps what it needs in memory from `start` on.
 *
 * Exports `run(origin, count, stride, list, out, limit)`, which gives how many records are done. They are `stride` bytes each from
 * `origin` on or, with a list (0: none), where that says: offset from `origin` and length of each, 4 bytes each. A record is tried by
 * fast code first and, when that refuses it, by a careful function, which takes any text.
 */
export function emitModule(plan: CompiledPlan, start: number): EmittedModule {
  const module = new ModuleWriter(start);
  const callbacks = {
    field: module.import('field', ['i32', 'i32', 'i32'], ['i32']),
    text: module.import('text', ['i32', 'i32', 'i32'], ['i32']),
    subtree: module.import('subtree', ['i32', 'i32', 'i32'], ['i32']),
    count: module.import('count', ['i32', 'i32'], ['i32']),
    view: module.import('view', ['i32'], ['i32']),
    isUnreadable: module.import('isUnreadable', ['i32', 'i32', 'i32'], ['i32']),
  };
  const chooseRecord = module.import('record', ['i32', 'i32'], ['i32']);
  const resultAt = module.reserve(16);
  const refusedAt = resultAt + 8;
  const parts: ModuleParts = {
    module,
    callbacks,
    long: new LongNumbers(module, refusedAt),
    longTexts: new LongTexts(module, refusedAt),
    careful: new CarefulText(module, refusedAt),
    caches: new KeyCaches(module),
    refusedAt,
    filled: plan.fill !== null,
  };
  const fill = plan.fill === null ? null : fillFunction(module, plan.records, plan.fill);
  const slotsAt: number[] = [];
  const references: Reference[] = [];
  let bound = 0;
  const decoders = plan.records.map((record, index): RecordDecoder => {
    const steps = jsonSteps(record);
    const memory = { basesAt: module.reserve(4 * record.bases), slotsAt: module.reserve(8 * record.slots) };
    slotsAt.push(memory.slotsAt);
    bound = Math.max(bound, lineBound(steps));
    const reference = (item: number): number => references.push({ record: index, item }) - 1;
    const writer = (text: TextMode, host: RecordHost | null): RecordWriter =>
      new RecordWriter(parts, record, memory, reference, text, host);
    const careful = hasText(steps) ? lastAttempt(module, writer('careful', null).write(steps), refusedAt) : null;
    const inPlace = plan.discriminator === null && !isLarge(steps);
    if (inPlace) return { record, careful, fast: null, writeFast: (host) => writer('windows', host).writeInto(steps) };
    return { record, careful, fast: writer('windows', null).write(steps), writeFast: null };
  });
  const [only] = decoders;
  if (only === undefined) throw new RangeError('a plan has at least one record');
  const several = plan.discriminator === null ? null : chooser(parts, plan, decoders, chooseRecord);
  module.export('run', runFunction(parts, several ?? only, fill, bound, resultAt));
  return { bytes: module.finish(), end: module.end, lineBound: bound, resultAt, slotsAt, references };
}

/** How one record layout is decoded: by a function, or by code that is written where it is needed. */
interface RecordDecoder {
  readonly record: PlannedRecord;
  readonly fast: FunctionWriter | null;
  readonly writeFast: ((host: RecordHost) => void) | null;
  /** `null` when there is nothing that it would take but the fast one not. */
  readonly careful: FunctionWriter | null;
}

function hasText(steps: readonly JsonStep[]): boolean {
  return steps.some((step) => {
    if (step.kind === 'field') return step.field.kernel.kind === 'text';
    if (step.kind === 'loop') return hasText(step.body);
    return (step.kind === 'choice' || step.kind === 'trial') && step.bodies.some(hasText);
  });
}

/** Call a function, and if it refuses a record too, forget that. */
function lastAttempt(module: ModuleWriter, decode: Callable, refusedAt: number): FunctionWriter {
  const f = module.function(['i32', 'i32', 'i32'], ['i32']);
  const [start, length, out] = f.parameters as readonly [Local, Local, Local];
  f.get(start).get(length).get(out).call(decode).tee(out).do(i32.eqz);
  f.if(() => f.int(0).int(0).memory(i32.store, refusedAt));
  f.get(out);
  return f;
}

/** Push whether a record cannot be of a layout, by its length. */
function pushWrongLength(
  f: FunctionWriter,
  { ends, length: expected }: PlannedRecord,
  length: Local,
  filled: boolean,
): void {
  f.get(length).int(expected);
  if (filled) f.do(i32.gtU);
  else if (ends === 'length') f.do(i32.ne);
  else f.do(i32.gtU).get(length).do(i32.eqz, i32.or);
}

/** `(record, length, out) → out` for several record layouts: choose by the bytes that `recordWhen` looks at. */
function chooser(
  parts: ModuleParts,
  plan: CompiledPlan,
  decoders: readonly RecordDecoder[],
  chooseRecord: Callable,
): FunctionWriter {
  const pieces = plan.discriminator?.pieces ?? [];
  const f = parts.module.function(['i32', 'i32', 'i32'], ['i32']);
  const [start, length, out] = f.parameters as readonly [Local, Local, Local];
  const chosen = f.local('i32');
  const end = f.local('i32');
  const least = Math.max(...pieces.map((piece) => piece.offset + piece.length));
  if (!parts.filled)
    f.get(length)
      .int(least)
      .do(i32.ltU)
      .if(() => f.int(0).return());
  const keys = pieces.map((piece) => ({
    address: () => {
      f.get(start).int(piece.offset).do(i32.add);
    },
    length: piece.length,
  }));
  parts.caches.lookUp(f, keys, () => f.get(start).get(length).call(chooseRecord));
  f.set(chosen);
  for (const [index, { record, fast, careful }] of decoders.entries()) {
    if (fast === null) continue;
    f.get(chosen).int(index).do(i32.eq);
    f.if(() => {
      pushWrongLength(f, record, length, parts.filled);
      f.if(() => f.int(0).return());
      f.get(start)
        .get(length)
        .get(out)
        .call(fast)
        .tee(end)
        .if(() => f.get(end).return());
      f.int(0).int(0).memory(i32.store, parts.refusedAt);
      if (careful === null) f.int(0).return();
      else f.get(start).get(length).get(out).call(careful).return();
    });
  }
  f.int(0);
  return f;
}

/**
 * The exported function: decode record after record, until one is left to the reference decoder, the output is full or all are done.
 *
 * The code of a small layout stands in the loop itself. What it finds unusual adds up from record to record, and is forgotten only
 * when a record was refused.
 */
function runFunction(
  parts: ModuleParts,
  decoder: RecordDecoder | FunctionWriter,
  fill: FunctionWriter | null,
  bound: number,
  resultAt: number,
): FunctionWriter {
  const { module, refusedAt } = parts;
  const f = module.function(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']);
  const [origin, count, stride, list, out, limit] = f.parameters as readonly [Local, Local, Local, Local, Local, Local];
  const done = f.local('i32');
  const reason = f.local('i32');
  const start = f.local('i32');
  const length = f.local('i32');
  const before = f.local('i32');
  const emission = new Emission(module, f, out);

  const callOr = (decode: Callable, failed: Label): void => {
    f.get(start).get(length).get(before).call(decode).tee(out).do(i32.eqz).branchIf(failed);
  };
  const decodeOne = (failed: Label): void => {
    if (!('record' in decoder)) {
      callOr(decoder, failed);
      return;
    }
    const { record, fast, writeFast, careful } = decoder;
    f.block((ok) => {
      f.block((refused) => {
        pushWrongLength(f, record, length, parts.filled);
        f.branchIf(failed);
        if (fast !== null) callOr(fast, refused);
        else writeFast?.({ emission, start, length, refuse: () => f.branch(refused) });
        f.branch(ok);
      });
      emission.reset();
      f.int(0).int(0).memory(i32.store, refusedAt);
      if (careful === null) f.branch(failed);
      else callOr(careful, failed);
    });
  };

  f.block((stop) => {
    f.loop((again) => {
      f.get(out).set(before);
      f.int(stopReasons.end).set(reason).get(done).get(count).do(i32.geU).branchIf(stop);
      f.int(stopReasons.full).set(reason).get(out).int(bound).do(i32.add).get(limit).do(i32.gtU).branchIf(stop);
      f.int(stopReasons.unusual).set(reason);
      f.get(list).if(
        () => {
          f.get(origin).get(list).memory(i32.load, 0).do(i32.add).set(start);
          f.get(list).memory(i32.load, 4).set(length).get(list).int(8).do(i32.add).set(list);
        },
        () => f.get(origin).set(start).get(stride).tee(length).get(origin).do(i32.add).set(origin),
      );
      if (fill !== null) f.get(start).get(length).call(fill).set(start);
      decodeOne(stop);
      f.get(done).int(1).do(i32.add).set(done).branch(again);
    });
  });
  f.int(0).get(before).memory(i32.store, resultAt);
  f.int(0)
    .get(reason)
    .memory(i32.store, resultAt + 4);
  f.get(done);
  return f;
}

/** `(start, length) → start`: where a record is that was filled up to the length of the longest, as lines of text are. */
function fillFunction(module: ModuleWriter, records: readonly PlannedRecord[], blank: number): FunctionWriter {
  const longest = Math.max(...records.map((record) => record.length));
  const size = 16;
  const copyAt = module.reserve(longest + 2 * size);
  const f = module.function(['i32', 'i32'], ['i32']);
  const [start, length] = f.parameters as readonly [Local, Local];
  const at = f.local('i32');
  const blanks = module.constant(new Uint8Array(size).fill(blank));
  f.get(length).int(longest).do(i32.geU);
  f.if(() => f.get(start).return());
  const each = (from: () => void, stop: () => void): void => {
    f.block((done) => {
      f.loop((again) => {
        f.get(at);
        stop();
        f.do(i32.geU).branchIf(done).get(at);
        from();
        f.vectorMemory(v128.store, copyAt).get(at).int(size).do(i32.add).set(at).branch(again);
      });
    });
  };
  each(
    () => f.get(start).get(at).do(i32.add).vectorMemory(v128.load, 0),
    () => f.get(length),
  );
  f.get(length).set(at);
  each(
    () => f.int(0).vectorMemory(v128.load, blanks),
    () => f.int(longest),
  );
  f.int(copyAt);
  return f;
}
