import { CarefulTurns } from './careful-turns.ts';
import type { CompiledPlan, PlannedRecord } from './compiled-plan.ts';
import { Emission } from './emission.ts';
import { isLarge } from './function-size.ts';
import { hasText } from './has-text.ts';
import { jsonSteps } from './json-steps.ts';
import { lineBound } from './line-bound.ts';
import type { ModuleParts } from './module-parts.ts';
import type { RecordHost } from './record-host.ts';
import type { RecordMemory } from './record-memory.ts';
import { RecordWriter } from './record-writer.ts';
import type { Reference, Subscript } from './reference.ts';
import { resultPlaces } from './result-places.ts';
import { slotParts } from './slot-parts.ts';
import { startModule } from './start-module.ts';
import { stopReasons } from './stop-reasons.ts';
import { type Callable, FunctionWriter, type Label, type Local } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

/** A WebAssembly module that decodes the records of a plan, and where things are in its memory. */
export interface EmittedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The first address behind what the module needs. */
  readonly end: number;
  /** The most bytes that a record may write. */
  readonly lineBound: number;
  /** Where a run leaves what it did: see `resultPlaces`. */
  readonly resultAt: number;
  /** What each record of the plan keeps. */
  readonly memories: readonly RecordMemory[];
  /** For each record of the plan how many are left to careful code first: see `CarefulTurns`. */
  readonly turnsAt: readonly number[];
  /** What the numbers mean that the module's imports are called with. */
  readonly references: readonly Reference[];
}

/**
 * Compile a plan to WebAssembly, which keeps what it needs in memory from `start` on.
 *
 * Exports `run(origin, count, stride, list, out, limit)`, which gives how many records are done. They are `stride` bytes each from
 * `origin` on or, with a list (0: none), where that says: offset from `origin` and length of each, 4 bytes each. A record is tried by
 * fast code first and, when that refuses it, by careful code, which takes any text or, with the help of the reference decoder's readers,
 * fields that are worth a note. Most files need none of that: it is in modules of its own, compiled when the first record asks for it by
 * the import `careful(record, start, length, out)`.
 * Where there is text it imports a table for `decode` of careful modules that take any text, by the numbers of the records.
 */
export function emitModule(plan: CompiledPlan, start: number): EmittedModule {
  const parts = startModule(start, plan.fill !== null);
  const { module, resultAt } = parts;
  const fill = plan.fill === null ? null : fillFunction(module, plan.records, plan.fill);
  const turns = new CarefulTurns(module, plan.records.length);
  const memories: RecordMemory[] = [];
  const references: Reference[] = [];
  let bound = 0;
  const decoders = plan.records.map((record, index): RecordDecoder => {
    const steps = jsonSteps(record);
    const memory = {
      basesAt: module.reserve(4 * record.bases),
      slotsAt: module.reserve(slotParts.size * record.slots),
    };
    memories.push(memory);
    bound = Math.max(bound, lineBound(steps));
    const reference = (item: number, subscripts: readonly Subscript[] = []): number =>
      references.push({ record: index, item, subscripts }) - 1;
    const writer = (host: RecordHost | null): RecordWriter =>
      new RecordWriter(parts, record, memory, reference, 'fast', host);
    const inPlace = plan.discriminator === null && !isLarge(steps);
    const decoder = { record, index, turns: hasText(record.root) ? turns : null };
    if (inPlace) return { ...decoder, fast: null, writeFast: (host) => writer(host).writeInto(steps) };
    return { ...decoder, fast: writer(null).write(steps), writeFast: null };
  });
  const [only] = decoders;
  if (only === undefined) throw new RangeError('a plan has at least one record');
  const several = plan.discriminator === null ? null : chooser(parts, plan, decoders);
  module.export('run', runFunction(parts, several ?? only, fill, bound));
  const bytes = module.finish();
  const turnsAt = decoders.map(({ index }) => turns.turnsAt(index));
  return { bytes, end: module.end, lineBound: bound, resultAt, memories, turnsAt, references };
}

/** How one record layout is decoded: by a function, or by code that is written where it is needed. */
interface RecordDecoder {
  readonly record: PlannedRecord;
  /** Which of the plan's records it is. */
  readonly index: number;
  /** `null` when careful code takes nothing that fast code does not. */
  readonly turns: CarefulTurns | null;
  readonly fast: FunctionWriter | null;
  readonly writeFast: ((host: RecordHost) => void) | null;
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
function chooser(parts: ModuleParts, plan: CompiledPlan, decoders: readonly RecordDecoder[]): FunctionWriter {
  const pieces = plan.discriminator?.pieces ?? [];
  const f = parts.module.function(['i32', 'i32', 'i32'], ['i32']);
  const [start, length, out] = f.parameters as readonly [Local, Local, Local];
  const chosen = f.local('i32');
  const [end, before] = [f.local('i32'), f.local('i32')];
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
  parts.caches.lookUp(f, keys, () => f.get(start).get(length).call(parts.callbacks.record));
  f.set(chosen);
  for (const { record, index, turns, fast } of decoders) {
    if (fast === null) continue;
    f.get(chosen).int(index).do(i32.eq);
    f.if(() => {
      pushWrongLength(f, record, length, parts.filled);
      f.if(() => f.int(0).return());
      if (turns !== null) {
        f.get(out).set(before);
        f.block((refused) => {
          f.block((decoded) => {
            turns.write(f, index, { start, length, before, out }, decoded);
            f.branch(refused);
          });
          f.get(out).return();
        });
      }
      f.get(start)
        .get(length)
        .get(out)
        .call(fast)
        .tee(end)
        .if(() => f.get(end).return());
      f.int(0).int(0).memory(i32.store, parts.refusedAt);
      f.int(index).get(start).get(length).get(out).call(parts.callbacks.careful).return();
    });
  }
  f.int(0);
  return f;
}

/** The loop over records, while it is being written. */
interface RunLoop {
  readonly parts: ModuleParts;
  readonly emission: Emission;
  readonly done: Local;
  readonly reason: Local;
  readonly start: Local;
  readonly length: Local;
  /** Where the line of the record starts. */
  readonly before: Local;
}

/**
 * The exported function: decode record after record, until one has notes or is left to the reference decoder, the output is full or all
 * are done.
 *
 * The code of a small layout stands in the loop itself. What it finds unusual adds up from record to record, and is forgotten only
 * when a record was refused.
 */
function runFunction(
  parts: ModuleParts,
  decoder: RecordDecoder | FunctionWriter,
  fill: FunctionWriter | null,
  bound: number,
): FunctionWriter {
  const { module, resultAt, notesAt } = parts;
  const f = module.function(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['i32']);
  const [origin, count, stride, list, out, limit] = f.parameters as readonly [Local, Local, Local, Local, Local, Local];
  const done = f.local('i32');
  const reason = f.local('i32');
  const start = f.local('i32');
  const length = f.local('i32');
  const before = f.local('i32');
  const loop: RunLoop = { parts, emission: new Emission(module, f, out), done, reason, start, length, before };
  // Where there is one layout they are only looked at behind careful code, which begins without notes.
  if (decoder instanceof FunctionWriter) f.int(0).int(0).memory(i32.store, notesAt);
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
      if (decoder instanceof FunctionWriter) {
        callOr(loop, decoder, stop);
        stopIfNoted(loop, stop);
      } else {
        decodeOne(loop, decoder, stop);
      }
      f.get(done).int(1).do(i32.add).set(done).branch(again);
    });
  });
  f.int(0)
    .get(before)
    .memory(i32.store, resultAt + resultPlaces.out);
  f.int(0)
    .get(reason)
    .memory(i32.store, resultAt + resultPlaces.reason);
  f.get(done);
  return f;
}

/** Decode a record of the only layout there is, or branch away. */
function decodeOne(loop: RunLoop, { record, index, turns, fast, writeFast }: RecordDecoder, failed: Label): void {
  const { parts, emission, start, length, before } = loop;
  const { f, out } = emission;
  f.block((ok) => {
    f.block((refused) => {
      pushWrongLength(f, record, length, parts.filled);
      f.branchIf(failed);
      turns?.write(f, index, { start, length, before, out }, ok);
      if (fast !== null) callOr(loop, fast, refused);
      else writeFast?.({ emission, start, length, refuse: () => f.branch(refused) });
      f.branch(ok);
    });
    emission.reset();
    f.int(0).int(0).memory(i32.store, parts.refusedAt).int(index);
    callOr(loop, parts.callbacks.careful, failed);
    stopIfNoted(loop, failed);
  });
}

/** Have a function decode the record, or branch away. */
function callOr({ emission, start, length, before }: RunLoop, decode: Callable, failed: Label): void {
  const { f, out } = emission;
  f.get(start).get(length).get(before).call(decode).tee(out).do(i32.eqz).branchIf(failed);
}

/** Stop behind a record that has notes. */
function stopIfNoted({ parts, emission, done, reason, before }: RunLoop, stop: Label): void {
  const { f, out } = emission;
  f.int(0).memory(i32.load, parts.notesAt);
  f.if(() => {
    f.get(done).int(1).do(i32.add).set(done).get(out).set(before).int(stopReasons.noted).set(reason).branch(stop);
  });
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
