import { type BitSite, pushAddress, pushBit } from './bit-site.ts';
import type { PlannedField } from './compiled-plan.ts';
import type { Emission } from './emission.ts';
import { isQuoted } from './json-steps.ts';
import type { BinaryKernel, BitsKernel, PackedKernel, TextKernel, ZonedKernel } from './kernel.ts';
import { loadLeft } from './load-bits.ts';
import type { ModuleParts } from './module-parts.ts';
import { pushCount } from './push-count.ts';
import type { RecordHost } from './record-host.ts';
import type { Subscript } from './reference.ts';
import { slotParts } from './slot-parts.ts';
import { textTables } from './text-tables.ts';
import type { TextWindows } from './text-windows.ts';
import { Translation } from './translation.ts';
import type { Callable, Recording } from './wasm/function-writer.ts';
import { i32, i64, v128 } from './wasm/instructions.ts';
import { writeBinary, writeBits } from './write-binary.ts';
import { writePacked } from './write-packed.ts';
import { isLongText, isWindowed, writeText } from './write-text.ts';
import { writeZoned } from './write-zoned.ts';

/** Writes the code that reads one field and writes its value, by its kernel. */
export class FieldWriter {
  readonly #parts: ModuleParts;
  readonly #careful: boolean;
  /** The number by which callbacks know an item. */
  readonly #reference: (item: number, subscripts?: readonly Subscript[]) => number;
  readonly #translations = new Map<string, Translation>();
  readonly #recordings = new Map<string, Recording>();

  /** `careful`: text is taken whatever its characters are, byte by byte. */
  constructor(
    parts: ModuleParts,
    careful: boolean,
    reference: (item: number, subscripts?: readonly Subscript[]) => number,
  ) {
    this.#parts = parts;
    this.#careful = careful;
    this.#reference = reference;
  }

  /** Write what is clean. `windows`: the translated text around a text field; none for others. */
  write(host: RecordHost, { kernel, item }: PlannedField, site: BitSite, windows: TextWindows | undefined): void {
    const { emission } = host;
    if (kernel.kind === 'text' && this.#careful && kernel.others === 'reference')
      this.#call(host, this.#parts.callbacks.text, this.#reference(item), site);
    else if (kernel.kind === 'text') this.#writeText(emission, kernel, site, windows);
    else if (kernel.kind === 'reference') this.#call(host, this.#parts.callbacks.field, this.#reference(item), site);
    else this.#writeNumber(emission, kernel, site);
  }

  /**
   * Write whatever has no error, with its quotation marks. What the kernel refuses and is not just blank, the reference decoder's reader
   * writes.
   */
  writeAny(
    host: RecordHost,
    field: PlannedField,
    site: BitSite,
    subscripts: readonly Subscript[],
    windows: TextWindows | undefined,
  ): void {
    const { kernel, item, slot, counts } = field;
    const { emission, refuse } = host;
    const { callbacks, refusedAt, notes } = this.#parts;
    const { f, out } = emission;
    const reference = this.#reference(item, subscripts);
    // What others depend on must be clean.
    const clean = slot >= 0;
    const ask = (): void => this.#call(host, clean ? callbacks.field : callbacks.noted, reference, site);
    emission.flush();
    if (kernel.kind === 'reference' || (kernel.kind === 'text' && kernel.others === 'reference')) {
      ask();
      return;
    }
    const before = f.local('i32');
    f.get(out).set(before);
    if (isQuoted(kernel)) emission.literal('"');
    if (kernel.kind === 'text') this.#writeText(emission, kernel, site, windows);
    else this.#writeNumber(emission, kernel, site);
    if (isQuoted(kernel)) emission.literal('"');
    emission.flush();
    emission.refuseDigits(refusedAt, () => {
      if (counts) {
        refuse();
        return;
      }
      emission.reset();
      f.int(0).int(0).memory(i32.store, refusedAt).get(before).set(out);
      if (clean || (kernel.kind !== 'zoned' && kernel.kind !== 'packed') || kernel.blank === null) {
        ask();
        return;
      }
      const { json } = kernel.blank;
      notes.pushIsBlank(f, site, kernel.length, kernel.blank);
      f.if(() => {
        emission.literal(json);
        emission.flush();
        notes.keep(host, reference, site, subscripts);
      }, ask);
    });
  }

  #writeNumber(
    emission: Emission,
    kernel: ZonedKernel | PackedKernel | BinaryKernel | BitsKernel,
    site: BitSite,
  ): void {
    const { long, small } = this.#parts;
    if (kernel.kind === 'bits') {
      writeBits(emission, site, kernel, long, small);
      return;
    }
    // Most layouts have many numbers of one form.
    emission.field(JSON.stringify(kernel), site, this.#recordings, () => {
      switch (kernel.kind) {
        case 'zoned':
          writeZoned(emission, site, kernel, long);
          return;
        case 'packed':
          writePacked(emission, site, kernel, long);
          return;
        case 'binary':
          writeBinary(emission, site, kernel, long);
          return;
      }
    });
    emission.settle();
  }

  /** Have an item written outside of the module. */
  #call({ emission, refuse }: RecordHost, callback: Callable, reference: number, site: BitSite): void {
    const { f, out } = emission;
    emission.flush();
    f.int(reference);
    pushAddress(f, site);
    pushBit(f, site.bit);
    f.get(out).call(callback).tee(out).do(i32.eqz);
    f.if(refuse);
  }

  /** Keep where a field is and, of a counter, its value in the slot at an address. */
  keep(
    { emission }: RecordHost,
    { counts, copied, item, bits, kernel }: PlannedField,
    site: BitSite,
    slotAt: number,
  ): void {
    const { f } = emission;
    f.int(0);
    if (copied) {
      f.int(slotAt + slotParts.copy).memory(i32.store, slotAt + slotParts.address);
      f.int(0);
      loadLeft(emission, site, bits);
      f.long(64 - bits)
        .do(i64.shrU)
        .long(64 - bits)
        .do(i64.shl)
        .vector(v128.splatLong);
      emission
        .pick([7, 6, 5, 4, 3, 2, 1, 0])
        .f.extractLong(0)
        .memory(i64.store, slotAt + slotParts.copy);
    } else {
      pushAddress(f, site);
      f.memory(i32.store, slotAt + slotParts.address);
    }
    if (!counts) return;
    f.int(0);
    if (!pushCount(emission, site, kernel)) {
      f.int(this.#reference(item));
      pushAddress(f, site);
      pushBit(f, site.bit);
      f.call(this.#parts.callbacks.count);
    }
    f.memory(i32.store, slotAt + slotParts.count);
  }

  /** The translation of a code page, made once. */
  translation({ codepage, nel }: TextKernel): Translation {
    const key = `${codepage} ${nel}`;
    const made = this.#translations.get(key) ?? new Translation(textTables(codepage, nel));
    this.#translations.set(key, made);
    return made;
  }

  #writeText(emission: Emission, kernel: TextKernel, site: BitSite, windows: TextWindows | undefined): void {
    const { careful, longTexts } = this.#parts;
    if (this.#careful && isWindowed(kernel) && windows !== undefined) {
      const { offset } = site;
      emission.flush();
      windows.pushStrange(emission, offset, kernel.length);
      emission.f.if(
        () => careful.write(emission, site, kernel),
        () => writeText(emission, site, kernel, windows),
      );
    } else if (this.#careful) {
      careful.write(emission, site, kernel);
    } else if (isLongText(kernel)) {
      longTexts.write(emission, site, kernel, this.translation(kernel));
    } else if (isWindowed(kernel) && windows !== undefined) {
      writeText(emission, site, kernel, windows);
    } else {
      careful.write(emission, site, kernel);
    }
  }
}
