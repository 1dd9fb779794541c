import { pushAddress, pushBit } from './bit-site.ts';
import { branchIfUnreadable } from './branch-if-unreadable.ts';
import { checkRecordEnd } from './check-record-end.ts';
import type { Place, PlannedArea, PlannedRecord, PlannedTable } from './compiled-plan.ts';
import { Emission } from './emission.ts';
import { FieldWriter } from './field-writer.ts';
import { fieldsInFunction } from './function-size.ts';
import type { FieldStep, JsonStep } from './json-steps.ts';
import type { ModuleParts } from './module-parts.ts';
import { RecordBases } from './record-bases.ts';
import type { RecordHost } from './record-host.ts';
import type { RecordMemory } from './record-memory.ts';
import type { RecordMode } from './record-mode.ts';
import type { Subscript } from './reference.ts';
import { settledDecimals } from './settled-decimals.ts';
import { resetSlots, slotAddress, slotParts } from './slot-parts.ts';
import { isBranch, stretchKey, textStretches } from './text-stretches.ts';
import { TextWindows } from './text-windows.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';

/** Writes the code that decodes one record layout to JSON: in one piece, or as functions of its own, several for large layouts. */
export class RecordWriter {
  readonly #parts: ModuleParts;
  readonly #record: PlannedRecord;
  readonly #memory: RecordMemory;
  /** The number by which callbacks know an item. */
  readonly #reference: (item: number, subscripts?: readonly Subscript[]) => number;
  readonly #mode: RecordMode;
  readonly #fieldWriter: FieldWriter;
  readonly #functions: FunctionWriter[] = [];
  #host: RecordHost;
  #bases: RecordBases;
  #windows = new Map<string, TextWindows>();
  #fields = 0;
  /** Where the subscripts of the loops around a step are kept, for notes. */
  #loops: readonly Subscript[] = [];
  readonly #split: boolean;

  constructor(
    parts: ModuleParts,
    record: PlannedRecord,
    memory: RecordMemory,
    reference: (item: number, subscripts?: readonly Subscript[]) => number,
    mode: RecordMode,
    host: RecordHost | null,
  ) {
    this.#parts = parts;
    this.#reference = reference;
    this.#record = record;
    this.#memory = memory;
    this.#mode = mode;
    this.#fieldWriter = new FieldWriter(parts, mode !== 'fast', reference);
    this.#host = host ?? this.#addFunction();
    this.#bases = this.#basesOf(this.#host);
    this.#split = host === null;
  }

  get #emission(): Emission {
    return this.#host.emission;
  }

  /** Write all of it to the host; `out` is behind the line then. */
  writeInto(steps: readonly JsonStep[]): void {
    resetSlots(this.#emission.f, this.#memory.slotsAt, this.#record.slots);
    this.#sequence(steps, this.#split);
    if (this.#record.ends !== 'length') {
      checkRecordEnd(this.#host, this.#record, this.#bases, this.#memory.slotsAt, this.#parts.filled);
    }
    this.#finish();
  }

  /** Write all of it; gives a function `(record, length, out) → out`, 0 when the record is left to another decoder. */
  write(steps: readonly JsonStep[]): FunctionWriter {
    this.writeInto(steps);
    this.#endFunction();
    const [only, ...more] = this.#functions;
    if (only === undefined) throw new RangeError('nothing was written');
    return more.length === 0 ? only : this.#chain();
  }

  #addFunction(): RecordHost {
    const { module } = this.#parts;
    const f = module.function(['i32', 'i32', 'i32'], ['i32']);
    const [start, length, out] = f.parameters as readonly [Local, Local, Local];
    this.#functions.push(f);
    return { emission: new Emission(module, f, out), start, length, refuse: () => f.int(0).return() };
  }

  #basesOf({ emission, start }: RecordHost): RecordBases {
    const { bitBases } = this.#record;
    return new RecordBases(emission.f, { basesAt: this.#memory.basesAt, bitBases }, start);
  }

  #endFunction(): void {
    const { f, out } = this.#emission;
    f.get(out);
  }

  #finish(): void {
    this.#emission.finish(this.#parts.refusedAt, this.#host.refuse);
  }

  #slotAt(slot: number): number {
    return slotAddress(this.#memory.slotsAt, slot);
  }

  /** Call the parts one after the other, as long as none refuses. */
  #chain(): FunctionWriter {
    const f = this.#parts.module.function(['i32', 'i32', 'i32'], ['i32']);
    const [start, length, out] = f.parameters as readonly [Local, Local, Local];
    for (const part of this.#functions) {
      f.get(start).get(length).get(out).call(part).tee(out).do(i32.eqz);
      f.if(() => f.int(0).return());
    }
    f.get(out);
    return f;
  }

  #sequence(steps: readonly JsonStep[], top: boolean): void {
    let straight = 0;
    for (const [index, step] of steps.entries()) {
      if (index >= straight) {
        if (top && this.#fields >= fieldsInFunction) {
          this.#finish();
          this.#endFunction();
          this.#host = this.#addFunction();
          this.#bases = this.#basesOf(this.#host);
          this.#fields = 0;
        }
        straight = this.#planWindows(steps, index, top);
      }
      this.#step(step);
      if (isBranch(step)) straight = index + 1;
    }
  }

  /** Get ready for the text of the steps that follow each other without a branch; gives where they end. */
  #planWindows(steps: readonly JsonStep[], first: number, top: boolean): number {
    const { end, stretches } = textStretches(steps, first, top ? fieldsInFunction : Number.POSITIVE_INFINITY);
    this.#windows = new Map();
    for (const [key, { base, kernel, list }] of stretches) {
      const translation = this.#fieldWriter.translation(kernel);
      this.#windows.set(key, new TextWindows(this.#bases.local(base), translation, list, this.#mode !== 'fast'));
    }
    return end;
  }

  #step(step: JsonStep): void {
    const emission = this.#emission;
    switch (step.kind) {
      case 'literal':
        emission.literal(step.text);
        return;
      case 'field':
        this.#fields += 1;
        if (step.discard) this.#discarding(() => this.#field(step));
        else this.#field(step);
        return;
      case 'loop':
        this.#loop(step.table, step.at, step.body);
        return;
      case 'choice':
        this.#choice(step.area, step.bodies);
        return;
      case 'trial':
        this.#trial(step.area, step.bodies);
        return;
      case 'align': {
        const { f, scratch } = emission;
        this.#bases.pushNext(step.at);
        f.set(scratch.number);
        this.#bases.define(step.base, scratch.number);
        return;
      }
      case 'uncomma': {
        const { f, out } = emission;
        emission.flush();
        f.get(out).get(out).int(1).do(i32.sub).memory(i32.load8, 0).int(0x2c).do(i32.eq, i32.sub).set(out);
        return;
      }
      case 'present': {
        // At or behind the end: start + length <= address.
        const { f } = emission;
        const { start, length } = this.#host;
        this.#bases.push(step.at);
        f.get(start);
        if (this.#parts.filled) f.int(this.#record.length);
        else f.get(length);
        f.do(i32.add, i32.geU);
        this.#refuseIf();
      }
    }
  }

  /** Read something that is not output: what it writes is taken back. */
  #discarding(write: () => void): void {
    const { f, out } = this.#emission;
    this.#emission.flush();
    const before = f.local('i32');
    f.get(out).set(before);
    write();
    this.#emission.flush();
    f.get(before).set(out);
  }

  #field({ field, at, subscripts }: FieldStep): void {
    const { kernel, slot } = field;
    const site = this.#bases.site(at);
    const windows = kernel.kind === 'text' ? this.#windows.get(stretchKey(at.base, kernel)) : undefined;
    if (slot >= 0) this.#fieldWriter.keep(this.#host, field, site, this.#slotAt(slot));
    if (this.#mode === 'noting') {
      let loop = 0;
      const all = subscripts.map((subscript) => subscript ?? this.#loops[loop++] ?? 0);
      this.#fieldWriter.writeAny(this.#host, field, site, all, windows);
      return;
    }
    this.#fieldWriter.write(this.#host, field, site, windows);
  }

  #loop(table: PlannedTable, at: Place, body: readonly JsonStep[]): void {
    const emission = this.#emission;
    const { f } = emission;
    const { slot, minimum, maximum, strideBits, entryBase, entryEnd, nextBase } = table;
    emission.flush();
    const entry = f.local('i32');
    const count = f.local('i32');
    const isBit = this.#bases.isBit(entryBase);
    const pushPlace = (place: Place): void => (isBit ? this.#bases.pushBits(place) : this.#bases.push(place));
    pushPlace(at);
    f.set(entry);
    if (slot < 0) f.int(maximum).set(count);
    else {
      f.int(0)
        .memory(i32.load, this.#slotAt(slot) + slotParts.count)
        .tee(count);
      f.int(minimum)
        .do(i32.sub)
        .int(maximum - minimum)
        .do(i32.gtU);
      this.#refuseIf();
    }
    const outer = this.#bases;
    const loops = this.#loops;
    const inner = outer.branch(entryBase, entry);
    const countEntry = this.#countEntries();
    f.block((done) => {
      f.get(count).do(i32.eqz).branchIf(done);
      f.loop((again) => {
        countEntry();
        this.#bases = inner;
        this.#sequence(body, false);
        emission.flush();
        if (strideBits === null) pushPlace(entryEnd);
        else
          f.get(entry)
            .int(isBit ? strideBits : strideBits / 8)
            .do(i32.add);
        f.set(entry);
        f.get(count).int(1).do(i32.sub).tee(count).branchIf(again);
      });
    });
    this.#bases = outer;
    this.#loops = loops;
    this.#windows = new Map();
    if (nextBase >= 0) this.#bases.define(nextBase, entry);
  }

  /** Begin to keep the subscript of a loop, for notes; what this gives adds 1 to it. */
  #countEntries(): () => void {
    if (this.#mode !== 'noting') return () => undefined;
    const { f } = this.#emission;
    const keptAt = this.#parts.module.reserve(4);
    f.int(0).int(0).memory(i32.store, keptAt);
    this.#loops = [...this.#loops, { keptAt }];
    return () => f.int(0).int(0).memory(i32.load, keptAt).int(1).do(i32.add).memory(i32.store, keptAt);
  }

  #choice(area: PlannedArea, bodies: readonly (readonly JsonStep[])[]): void {
    const emission = this.#emission;
    const { f } = emission;
    emission.flush();
    const view = f.local('i32');
    const pieces = area.slots.map(({ slot, length }) => {
      const address = (): void => {
        f.int(0).memory(i32.load, this.#slotAt(slot) + slotParts.address);
      };
      address();
      f.do(i32.eqz);
      this.#refuseIf(); // the discriminator was not read
      return { address, length };
    });
    this.#parts.caches.lookUp(f, pieces, () => f.int(this.#reference(area.item)).call(this.#parts.callbacks.view));
    f.tee(view).int(0).do(i32.ltS);
    this.#refuseIf();
    const outer = this.#bases;
    f.block((done) => {
      for (const [index, body] of bodies.entries()) {
        f.get(view).int(index).do(i32.eq);
        f.if(() => {
          this.#bases = outer.branch();
          this.#sequence(body, false);
          emission.flush();
          f.branch(done);
        });
      }
    });
    this.#bases = outer;
    this.#windows = new Map();
  }

  /**
   * Write the views that can be read. What is unusual about a view is held against that view first: it is left out when that is an error,
   * notes included, and the record is refused when it may be a note.
   */
  #trial(area: PlannedArea, bodies: readonly (readonly JsonStep[])[]): void {
    const emission = this.#emission;
    const { f, out, odd, highest, strange, zero } = emission;
    const { refusedAt, notesAt, callbacks } = this.#parts;
    const outer = this.#host;
    const bases = this.#bases;
    const found = f.local('i32');
    const [outBefore, oddBefore, refusedBefore] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const [highestBefore, strangeBefore] = [f.local('v128'), f.local('v128')];
    const notesBefore = this.#mode === 'noting' ? f.local('i32') : null;
    const restore = (): void => {
      f.get(oddBefore).set(odd).get(highestBefore).set(highest);
      f.int(0).get(refusedBefore).memory(i32.store, refusedAt);
    };
    emission.flush();
    f.int(0).set(found);
    f.block((done) => {
      for (const [index, body] of bodies.entries()) {
        const write = (): void => {
          this.#bases = bases.branch();
          this.#sequence(body, false);
          emission.flush();
        };
        if (area.mayFail[index] !== true) {
          write();
          f.int(1).set(found);
          continue;
        }
        f.get(out)
          .set(outBefore)
          .get(odd)
          .set(oddBefore)
          .get(highest)
          .set(highestBefore)
          .get(strange)
          .set(strangeBefore);
        f.int(0).memory(i32.load, refusedAt).set(refusedBefore);
        if (notesBefore !== null) f.int(0).memory(i32.load, notesAt).set(notesBefore);
        f.int(0).int(0).memory(i32.store, refusedAt).int(0).set(odd).get(zero).set(highest);
        f.block((absent) => {
          f.block((failed) => {
            this.#host = { ...outer, refuse: () => f.branch(failed) };
            write();
            emission.refuseDigits(refusedAt, this.#host.refuse);
            this.#host = outer;
            restore();
            f.int(1)
              .set(found)
              .branch(area.how === 'first' ? done : absent);
          });
          f.get(outBefore).set(out).get(strangeBefore).set(strange);
          restore();
          if (notesBefore !== null) f.int(0).get(notesBefore).memory(i32.store, notesAt);
          this.#bases = bases.branch();
          const view = area.views[index];
          for (const { kernel, at } of view === undefined ? [] : settledDecimals(view, area.at.base)) {
            branchIfUnreadable(emission, kernel, this.#bases.site(at), absent);
          }
          f.int(this.#reference(area.item)).int(index);
          const site = this.#bases.site(area.at);
          pushAddress(f, site);
          pushBit(f, site.bit);
          f.call(callbacks.isUnreadable).do(i32.eqz);
          this.#refuseIf();
        });
      }
    });
    this.#bases = bases;
    this.#windows = new Map();
    f.get(found).do(i32.eqz);
    this.#refuseIf();
  }

  /** Leave the function, refusing the record, when the number on the stack is not zero. */
  #refuseIf(): void {
    const { f } = this.#emission;
    f.if(this.#host.refuse);
  }
}
