import type { PlannedField } from './compiled-plan.ts';
import type { Site } from './emission.ts';
import type { TextKernel } from './kernel.ts';
import type { ModuleParts } from './module-parts.ts';
import { pushCount } from './push-count.ts';
import type { RecordHost } from './record-host.ts';
import { textTables } from './text-tables.ts';
import type { TextWindows } from './text-windows.ts';
import { Translation } from './translation.ts';
import type { Callable } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';
import { writeBinary, writeBits } from './write-binary.ts';
import { writePacked } from './write-packed.ts';
import { isLongText, isWindowed, writeText } from './write-text.ts';
import { writeZoned } from './write-zoned.ts';

/** How text is read: `windows` translates 16 bytes at once and refuses what is not plain, `careful` takes every character. */
export type TextMode = 'windows' | 'careful';

/** Writes the code that reads one field and writes its value, by its kernel. */
export class FieldWriter {
  readonly #parts: ModuleParts;
  readonly #text: TextMode;
  /** The number by which callbacks know an item. */
  readonly #reference: (item: number) => number;
  readonly #translations = new Map<string, Translation>();

  constructor(parts: ModuleParts, text: TextMode, reference: (item: number) => number) {
    this.#parts = parts;
    this.#text = text;
    this.#reference = reference;
  }

  /** `windows`: the translated text around a text field; none for others. */
  write(host: RecordHost, field: PlannedField, site: Site, windows: TextWindows | undefined): void {
    const { kernel } = field;
    const { emission } = host;
    const { long } = this.#parts;
    switch (kernel.kind) {
      case 'text':
        this.#writeText(host, field, kernel, site, windows);
        return;
      case 'zoned':
        writeZoned(emission, site, kernel, long);
        return;
      case 'packed':
        writePacked(emission, site, kernel, long);
        return;
      case 'binary':
        writeBinary(emission, site, kernel, long);
        return;
      case 'bits':
        writeBits(emission, site, field.bit, kernel, long);
        return;
      case 'reference':
        this.call(host, this.#parts.callbacks.field, field.item, site);
        return;
    }
  }

  /** Have an item written outside of the module. */
  call({ emission, refuse }: RecordHost, callback: Callable, item: number, { base, offset }: Site): void {
    const { f, out } = emission;
    emission.flush();
    f.int(this.#reference(item)).get(base).int(offset).do(i32.add).get(out).call(callback).tee(out).do(i32.eqz);
    f.if(refuse);
  }

  /** Keep where a field is and, of a counter, its value, at an address. */
  keep({ emission }: RecordHost, { counts, item, bit, kernel }: PlannedField, site: Site, address: number): void {
    const { f } = emission;
    const { base, offset } = site;
    f.int(0).get(base).int(offset).do(i32.add).memory(i32.store, address);
    if (!counts) return;
    f.int(0);
    if (!pushCount(emission, site, bit, kernel)) {
      f.int(this.#reference(item)).get(base).int(offset).do(i32.add).call(this.#parts.callbacks.count);
    }
    f.memory(i32.store, address + 4);
  }

  /** The translation of a code page, made once. */
  translation({ codepage, nel }: TextKernel): Translation {
    const key = `${codepage} ${nel}`;
    const made = this.#translations.get(key) ?? new Translation(textTables(codepage, nel));
    this.#translations.set(key, made);
    return made;
  }

  #writeText(
    host: RecordHost,
    { item }: PlannedField,
    kernel: TextKernel,
    site: Site,
    windows: TextWindows | undefined,
  ): void {
    const { emission } = host;
    const { callbacks, careful, longTexts } = this.#parts;
    if (this.#text === 'careful') {
      if (kernel.others === 'reference') this.call(host, callbacks.text, item, site);
      else careful.write(emission, site, kernel);
    } else if (isLongText(kernel)) {
      longTexts.write(emission, site, kernel, this.translation(kernel));
    } else if (isWindowed(kernel) && windows !== undefined) {
      writeText(emission, site, kernel, windows, this.translation(kernel).blank);
    } else {
      careful.write(emission, site, kernel);
    }
  }
}
