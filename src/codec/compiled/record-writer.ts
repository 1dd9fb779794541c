import { branchIfUnreadable } from './branch-if-unreadable.ts';
import type { Place, PlannedArea, PlannedField, PlannedRecord, PlannedTable } from './compiled-plan.ts';
import { Emission } from './emission.ts';
import { FieldWriter, type TextMode } from './field-writer.ts';
import { fieldsInFunction } from './function-size.ts';
import type { JsonStep } from './json-steps.ts';
import type { ModuleParts } from './module-parts.ts';
import { RecordBases } from './record-bases.ts';
import type { RecordHost } from './record-host.ts';
import { isBranch, stretchKey, textStretches } from './text-stretches.ts';
import { TextWindows } from './text-windows.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';

/** Where a record keeps what one function leaves for another. */
export interface RecordMemory {
  /** 4 bytes for each base but the first. */
  readonly basesAt: number;
  /** 8 bytes for each slot: its address, then the value of a counter. */
  readonly slotsAt: number;
}

/** Writes the code that decodes one record layout to JSON: in one piece, or as functions of its own, several for large layouts. */
export class RecordWriter {
  readonly #parts: ModuleParts;
  readonly #record: PlannedRecord;
  readonly #memory: RecordMemory;
  /** The number by which callbacks know an item. */
  readonly #reference: (item: number) => number;
  readonly #text: TextMode;
  readonly #fieldWriter: FieldWriter;
  readonly #functions: FunctionWriter[] = [];
  #host: RecordHost;
  #bases: RecordBases;
  #windows = new Map<string, TextWindows>();
  #fields = 0;
  readonly #split: boolean;

  constructor(
    parts: ModuleParts,
    record: PlannedRecord,
    memory: RecordMemory,
    reference: (item: number) => number,
    text: TextMode,
    host: RecordHost | null,
  ) {
    this.#parts = parts;
    this.#reference = reference;
    this.#record = record;
    this.#memory = memory;
    this.#text = text;
    this.#fieldWriter = new FieldWriter(parts, text, reference);
    this.#host = host ?? this.#addFunction();
    this.#bases = this.#basesOf(this.#host);
    this.#split = host === null;
  }

  get #emission(): Emission {
    return this.#host.emission;
  }

  /** Write all of it to the host; `out` is behind the line then. */
  writeInto(steps: readonly JsonStep[]): void {
    this.#resetSlots();
    this.#sequence(steps, this.#split);
    this.#checkEnd();
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
    return new RecordBases(emission.f, this.#memory.basesAt, new Map([[0, start]]));
  }

  #endFunction(): void {
    const { f, out } = this.#emission;
    f.get(out);
  }

  #finish(): void {
    this.#emission.finish(this.#parts.refusedAt, this.#host.refuse);
  }

  /** Slots hold nothing until their field is read. */
  #resetSlots(): void {
    const { f } = this.#emission;
    for (let slot = 0; slot < this.#record.slots; slot++) {
      f.int(0)
        .int(0)
        .memory(i32.store, this.#memory.slotsAt + 8 * slot);
      f.int(0)
        .int(-1)
        .memory(i32.store, this.#memory.slotsAt + 8 * slot + 4);
    }
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
    if (this.#text === 'windows') {
      for (const [key, { base, kernel, list }] of stretches) {
        const translation = this.#fieldWriter.translation(kernel);
        this.#windows.set(key, new TextWindows(this.#bases.local(base), translation, list));
      }
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
        this.#discarding(step.discard, () => this.#field(step.field, step.at));
        return;
      case 'subtree':
        this.#discarding(step.discard, () => {
          const { callbacks } = this.#parts;
          this.#fieldWriter.call(this.#host, callbacks.subtree, step.subtree.item, this.#bases.site(step.at));
        });
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
  #discarding(discard: boolean, write: () => void): void {
    if (!discard) {
      write();
      return;
    }
    const { f, out } = this.#emission;
    this.#emission.flush();
    const before = f.local('i32');
    f.get(out).set(before);
    write();
    this.#emission.flush();
    f.get(before).set(out);
  }

  #field(field: PlannedField, at: Place): void {
    const { kernel, slot } = field;
    const site = this.#bases.site(at);
    if (slot >= 0) this.#fieldWriter.keep(this.#host, field, site, this.#memory.slotsAt + 8 * slot);
    const windows = kernel.kind === 'text' ? this.#windows.get(stretchKey(at.base, kernel)) : undefined;
    this.#fieldWriter.write(this.#host, field, site, windows);
  }

  #loop(table: PlannedTable, at: Place, body: readonly JsonStep[]): void {
    const emission = this.#emission;
    const { f } = emission;
    const { slot, minimum, maximum, stride, entryBase, nextBase } = table;
    emission.flush();
    const entry = f.local('i32');
    const count = f.local('i32');
    this.#bases.push(at);
    f.set(entry);
    if (slot < 0) f.int(maximum).set(count);
    else {
      f.int(0)
        .memory(i32.load, this.#memory.slotsAt + 8 * slot + 4)
        .tee(count);
      f.int(minimum)
        .do(i32.sub)
        .int(maximum - minimum)
        .do(i32.gtU);
      this.#refuseIf();
    }
    const outer = this.#bases;
    const inner = outer.branch(entryBase, entry);
    f.block((done) => {
      f.get(count).do(i32.eqz).branchIf(done);
      f.loop((again) => {
        this.#bases = inner;
        this.#sequence(body, false);
        emission.flush();
        if (stride === null) this.#bases.push(table.entryEnd);
        else f.get(entry).int(stride).do(i32.add);
        f.set(entry);
        f.get(count).int(1).do(i32.sub).tee(count).branchIf(again);
      });
    });
    this.#bases = outer;
    this.#windows = new Map();
    if (nextBase >= 0) this.#bases.define(nextBase, entry);
  }

  #choice(area: PlannedArea, bodies: readonly (readonly JsonStep[])[]): void {
    const emission = this.#emission;
    const { f } = emission;
    emission.flush();
    const view = f.local('i32');
    const pieces = area.slots.map(({ slot, length }) => {
      const address = (): void => {
        f.int(0).memory(i32.load, this.#memory.slotsAt + 8 * slot);
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
   * and the record is refused when it may be a note.
   */
  #trial(area: PlannedArea, bodies: readonly (readonly JsonStep[])[]): void {
    const emission = this.#emission;
    const { f, out, odd, highest, strange, zero } = emission;
    const { refusedAt, callbacks } = this.#parts;
    const outer = this.#host;
    const bases = this.#bases;
    const found = f.local('i32');
    const [outBefore, oddBefore, refusedBefore] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const [highestBefore, strangeBefore] = [f.local('v128'), f.local('v128')];
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
          this.#bases = bases.branch();
          const view = area.views[index];
          if (view !== undefined) branchIfUnreadable(emission, view, (place) => this.#bases.site(place), absent);
          f.int(this.#reference(area.item)).int(index);
          this.#bases.push(area.at);
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

  /** The record must end where its last item does, or behind that. */
  #checkEnd(): void {
    const { ends, end, endSlot, endStride } = this.#record;
    if (ends === 'length') return;
    const { f } = this.#emission;
    const { start, length } = this.#host;
    f.get(start).get(length).do(i32.add);
    this.#bases.push(end);
    if (endSlot >= 0) {
      const count = this.#memory.slotsAt + 8 * endSlot + 4;
      f.int(0).memory(i32.load, count).int(endStride).do(i32.mul, i32.add);
    }
    if (ends === 'between') f.do(i32.ltU);
    // What a record was filled up with need not be used.
    else f.do(this.#parts.filled ? i32.gtU : i32.ne);
    this.#refuseIf();
  }

  /** Leave the function, refusing the record, when the number on the stack is not zero. */
  #refuseIf(): void {
    const { f } = this.#emission;
    f.if(this.#host.refuse);
  }
}
