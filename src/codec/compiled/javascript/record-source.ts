import { codePage } from '../../../ebcdic/open-code-page.ts';
import type { Place, PlannedArea, PlannedField, PlannedRecord, PlannedTable } from '../compiled-plan.ts';
import { fieldsInFunction, isLarge, stepFields } from '../function-size.ts';
import type { JsonStep } from '../json-steps.ts';
import type { RecordMemory } from '../record-memory.ts';
import { settledDecimals } from '../settled-decimals.ts';
import { slotAddress, slotParts } from '../slot-parts.ts';
import { countExpression } from './count-expression.ts';
import type { FunctionSource } from './function-source.ts';
import { generateBinary } from './generate-binary.ts';
import { type BitSite, generateBits, longBits } from './generate-bits.ts';
import { generatePacked } from './generate-packed.ts';
import { generateText } from './generate-text.ts';
import { generateZoned } from './generate-zoned.ts';
import { longestKey } from './key-cache.ts';
import type { ScriptParts } from './script-parts.ts';

/** Generates the functions that decode one record layout to JSON. */
export class RecordSource {
  readonly #parts: ScriptParts;
  readonly #record: PlannedRecord;
  readonly #memory: RecordMemory;
  /** The number by which callbacks know an item. */
  readonly #reference: (item: number) => number;
  #f: FunctionSource;
  /** The bases that have a variable at this place of the function. */
  #known: ReadonlySet<number> = new Set([0]);
  #labels = 0;

  constructor(parts: ScriptParts, record: PlannedRecord, memory: RecordMemory, reference: (item: number) => number) {
    this.#parts = parts;
    this.#record = record;
    this.#memory = memory;
    this.#reference = reference;
    this.#f = parts.startFunction();
  }

  /** Generate it; gives the name of a function that gives 0 for a record that is left to the reference decoder. */
  write(steps: readonly JsonStep[]): string {
    const f = this.#f;
    for (let slot = 0; slot < this.#record.slots; slot++) {
      // Slots hold nothing until their field is read.
      f.add(`${this.#slot(slot, 'address')} = 0;`);
      f.add(`${this.#slot(slot, 'count')} = -1;`);
    }
    this.#sequence(steps);
    this.#checkEnd();
    this.#parts.add(f);
    return f.name;
  }

  #sequence(steps: readonly JsonStep[]): void {
    if (!isLarge(steps)) {
      for (const step of steps) this.#step(step);
      return;
    }
    for (let at = 0; at < steps.length; ) {
      const first = at;
      let fields = 0;
      for (; at < steps.length; at++) {
        const more = stepFields(steps.slice(at, at + 1));
        if (at > first && fields + more > fieldsInFunction) break;
        fields += more;
      }
      this.#callFunction(steps.slice(first, at));
    }
  }

  /** Put steps into a function of their own, and call it. */
  #callFunction(steps: readonly JsonStep[]): void {
    const [outer, known] = [this.#f, this.#known];
    outer.flush();
    this.#f = this.#parts.startFunction();
    this.#known = new Set([0]);
    for (const step of steps) this.#step(step);
    this.#parts.add(this.#f);
    outer.add(`o = ${this.#f.name}(b, v, n, s, l, o);`);
    outer.refuseIf('o === 0');
    [this.#f, this.#known] = [outer, known];
  }

  #step(step: JsonStep): void {
    const f = this.#f;
    switch (step.kind) {
      case 'literal':
        f.literal(step.text);
        return;
      case 'field':
        this.#discarding(step.discard, () => this.#field(step.field, step.at));
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
      case 'align':
        this.#define(step.base, this.#next(step.at));
        return;
      case 'uncomma':
        f.flush();
        f.add('if (b[o - 1] === 44) o--;');
        return;
      case 'present':
        f.refuseIf(`${this.#address(step.at)} >= s + ${this.#parts.filled ? this.#record.length : 'l'}`);
        return;
    }
  }

  /** Read something that is not output: what it writes is taken back. */
  #discarding(discard: boolean, write: () => void): void {
    const f = this.#f;
    if (!discard) {
      write();
      return;
    }
    f.flush();
    const before = f.constant('o');
    write();
    f.flush();
    f.add(`o = ${before};`);
  }

  #field(field: PlannedField, at: Place): void {
    const { kernel, slot, item } = field;
    const f = this.#f;
    const site = this.#site(at);
    if (slot >= 0) this.#keep(field, site);
    switch (kernel.kind) {
      case 'text': {
        const ask = kernel.others === 'none' ? null : this.#call('text', item, site);
        const page = this.#parts.page(kernel);
        const { blank } = codePage(kernel.codepage, { nel: kernel.nel });
        generateText(f, site.address, kernel, { page: `p${page}`, pairs: `q${page}`, blank, ask });
        return;
      }
      case 'zoned':
        generateZoned(f, site.address, kernel);
        return;
      case 'packed':
        generatePacked(f, site.address, kernel);
        return;
      case 'binary':
        generateBinary(f, site.address, kernel);
        return;
      case 'bits':
        generateBits(f, site, kernel);
        return;
      case 'reference':
        f.flush();
        f.add(`o = ${this.#call('field', item, site)};`);
        f.refuseIf('o === 0');
        return;
    }
  }

  /** A call that has an item written outside of the generated code. */
  #call(callback: 'field' | 'text', item: number, { address, bit }: BitSite): string {
    return `${callback}(${this.#reference(item)}, ${address}, ${bit}, o)`;
  }

  /** Keep where a field is and, of a counter, its value. */
  #keep({ slot, item, kernel, bits, copied, counts }: PlannedField, site: BitSite): void {
    const f = this.#f;
    const { address, bit } = site;
    if (copied) {
      const copy = slotAddress(this.#memory.slotsAt, slot) + slotParts.copy;
      f.add(`${this.#slot(slot, 'address')} = ${copy};`);
      f.add(`v.setBigUint64(${copy}, ${longBits(site, bits)} << ${64 - bits}n);`);
    } else {
      f.add(`${this.#slot(slot, 'address')} = ${address};`);
    }
    if (!counts) return;
    const count =
      countExpression(kernel, site, (decimal) => this.#parts.kernel(decimal)) ??
      `count(${this.#reference(item)}, ${address}, ${bit})`;
    f.add(`${this.#slot(slot, 'count')} = ${count};`);
  }

  /** The address or the count of a slot. */
  #slot(slot: number, part: 'address' | 'count'): string {
    return `n[${(slotAddress(this.#memory.slotsAt, slot) + slotParts[part]) >> 2}]`;
  }

  #loop(table: PlannedTable, at: Place, body: readonly JsonStep[]): void {
    const f = this.#f;
    const { slot, minimum, maximum, strideBits, entryBase, entryEnd, nextBase } = table;
    const isBit = this.#isBit(entryBase);
    const place = (of: Place): string => (isBit ? this.#bits(of) : this.#address(of));
    f.flush();
    const entry = `a${entryBase}`;
    f.declare(entry);
    f.add(`${entry} = ${place(at)};`);
    const left = f.fresh();
    if (slot < 0) f.add(`let ${left} = ${maximum};`);
    else {
      f.add(`let ${left} = ${this.#slot(slot, 'count')};`);
      f.refuseIf(`${left} < ${minimum} || ${left} > ${maximum}`);
    }
    const outside = this.#known;
    this.#known = new Set([...outside, entryBase]);
    f.add(`for (; ${left} > 0; ${left}--) {`);
    // Other functions find it there.
    if (isLarge(body)) f.add(`${this.#kept(entryBase)} = ${entry};`);
    this.#sequence(body);
    f.flush();
    if (strideBits === null) f.add(`${entry} = ${place(entryEnd)};`);
    else f.add(`${entry} += ${isBit ? strideBits : strideBits / 8};`);
    f.add('}');
    this.#known = outside;
    if (nextBase >= 0) this.#define(nextBase, entry);
  }

  #choice(area: PlannedArea, bodies: readonly (readonly JsonStep[])[]): void {
    const f = this.#f;
    f.flush();
    const pieces = area.slots.map(({ slot, length }) => {
      const address = f.constant(this.#slot(slot, 'address'));
      f.refuseIf(`${address} === 0`); // the discriminator was not read
      return { address, length };
    });
    const view = f.fresh();
    this.#decide(view, pieces, `view(${this.#reference(area.item)})`);
    f.refuseIf(`${view} < 0`);
    const outside = this.#known;
    for (const [index, body] of bodies.entries()) {
      f.add(`${index === 0 ? '' : 'else '}if (${view} === ${index}) {`);
      this.#sequence(body);
      f.flush();
      f.add('}');
      this.#known = outside;
    }
  }

  /** Give a new variable the decision that depends on the bytes of a key only. */
  #decide(name: string, pieces: readonly { readonly address: string; readonly length: number }[], ask: string): void {
    const f = this.#f;
    const bytes = pieces.flatMap(({ address, length }) =>
      Array.from({ length: Math.min(length, longestKey + 1) }, (_, at) => `b[${address} + ${at}]`),
    );
    if (bytes.length > longestKey || bytes.length === 0) {
      f.add(`const ${name} = ${ask};`);
      return;
    }
    const [high, low] = [bytes.slice(0, 4), bytes.slice(4)].map((half) =>
      f.constant(half.map((byte, at) => `${byte} << ${8 * at}`).join(' | ') || '0'),
    );
    const cache = this.#parts.cache();
    f.add(`let ${name} = ${cache}.lookUp(${high}, ${low});`);
    f.add(`if (${name} === -2) ${name} = ${cache}.remember(${high}, ${low}, ${ask});`);
  }

  /**
   * Write the views that can be read. What is unusual about a view is held against that view first: it is left out when that is an error,
   * and the record is refused when it may be a note.
   */
  #trial(area: PlannedArea, bodies: readonly (readonly JsonStep[])[]): void {
    const f = this.#f;
    const { refuse } = f;
    const outside = this.#known;
    f.flush();
    const number = ++this.#labels;
    const [done, absent, failed] = [`done${number}`, `absent${number}`, `failed${number}`];
    const found = f.fresh();
    f.add(`let ${found} = false;`);
    f.add(`${done}: {`);
    for (const [index, body] of bodies.entries()) {
      const write = (): void => {
        this.#sequence(body);
        f.flush();
        f.add(`${found} = true;`);
        this.#known = outside;
      };
      if (area.mayFail[index] !== true) {
        write();
        continue;
      }
      f.add(`${absent}: {`);
      const before = f.constant('o');
      f.add(`${failed}: {`);
      f.refuse = `break ${failed};`;
      write();
      f.refuse = refuse;
      f.add(`break ${area.how === 'first' ? done : absent};`);
      f.add('}');
      f.add(`o = ${before};`);
      const view = area.views[index];
      for (const field of view === undefined ? [] : settledDecimals(view, area.at.base)) {
        const kernel = this.#parts.kernel(field.kernel);
        f.add(`if (isBadDecimal(b, ${this.#address(field.at)}, ${kernel})) break ${absent};`);
      }
      const { address, bit } = this.#site(area.at);
      f.refuseIf(`isUnreadable(${this.#reference(area.item)}, ${index}, ${address}, ${bit}) === 0`);
      f.add('}');
      this.#known = outside;
    }
    f.add('}');
    f.refuseIf(`!${found}`);
  }

  /** The record must end where its last item does, or behind that. */
  #checkEnd(): void {
    const { ends, end, endSlot, endStrideBits } = this.#record;
    if (ends === 'length') return;
    const last =
      endSlot < 0
        ? this.#next(end)
        : `s + ((${this.#bits(end)} + ${this.#slot(endSlot, 'count')} * ${endStrideBits} + 7) >> 3)`;
    // What a record was filled up with need not be used.
    const how = ends === 'between' ? '<' : this.#parts.filled ? '>' : '!==';
    this.#f.refuseIf(`s + l ${how} ${last}`);
  }

  /** Make a place a base, for the functions that follow too. */
  #define(base: number, place: string): void {
    const f = this.#f;
    f.declare(`a${base}`);
    f.add(`a${base} = ${place};`);
    f.add(`${this.#kept(base)} = a${base};`);
    this.#known = new Set([...this.#known, base]);
  }

  #isBit(base: number): boolean {
    return this.#record.bitBases.has(base);
  }

  #kept(base: number): string {
    return `n[${(this.#memory.basesAt >> 2) + base}]`;
  }

  /** The variable of a base: an address or, of one that is a bit, how many bits it is behind the start of the record. */
  #base(base: number): string {
    if (base === 0) return 's';
    const name = `a${base}`;
    if (!this.#known.has(base)) {
      this.#f.declare(name);
      this.#f.add(`${name} = ${this.#kept(base)};`);
      this.#known = new Set([...this.#known, base]);
    }
    return name;
  }

  /** Where a place is; behind a base that is a bit it is worked out now. */
  #site(place: Place): BitSite {
    const { base, bit } = place;
    if (!this.#isBit(base)) return { address: this.#address(place), bit };
    const bits = this.#f.constant(this.#bits(place));
    return { address: this.#f.constant(`s + (${bits} >> 3)`), bit: this.#f.constant(`${bits} & 7`) };
  }

  /** The address of the byte in which a place is. */
  #address(place: Place): string {
    const { base, offset } = place;
    if (this.#isBit(base)) return `s + ((${this.#bits(place)}) >> 3)`;
    return plus(this.#base(base), offset);
  }

  /** The address of the first whole byte at or behind a place. */
  #next(place: Place): string {
    const { base, offset, bit } = place;
    if (this.#isBit(base)) return `s + ((${this.#bits(place)} + 7) >> 3)`;
    return plus(this.#base(base), bit > 0 ? offset + 1 : offset);
  }

  /** How many bits a place is behind the start of the record. */
  #bits({ base, offset, bit }: Place): string {
    const start = this.#base(base);
    return plus(this.#isBit(base) ? start : `((${start} - s) << 3)`, 8 * offset + bit);
  }
}

function plus(expression: string, constant: number): string {
  return constant === 0 ? expression : `${expression} + ${constant}`;
}
