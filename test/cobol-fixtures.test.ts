import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  createCodec,
  fileCopyLibrary,
  type LayoutItem,
  layoutOf,
  parseCopybook,
  type RecordLayout,
} from '../src/index.ts';
import { type CobolCase, type CobolVariant, expectedLayouts, expectedRows, type PrintedValue } from './cobol-case.ts';
import { fieldsByReference, itemByReference, placeOf } from './cobol-reference.ts';
import { varyingRecords } from './varying-records.ts';

const root = fileURLToPath(new URL('../fixtures/cobol', import.meta.url));
const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

describe.each(cases)('what a COBOL compiler made of %s', (name) => {
  const folder = join(root, name);
  const spec: CobolCase = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  if (spec.unsupported !== undefined) {
    const { unsupported, variants } = spec;
    it(`is not supported: ${unsupported}`, () => {
      for (const variant of variants) {
        expect(() => layoutFor(folder, spec, variant)).toThrow(expect.objectContaining({ code: unsupported }));
      }
    });
    return;
  }
  const made = spec.variants.filter((variant) => variant.rejected === undefined);

  it('has a folder for every variant that the compiler takes, and no other', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => entry.name).sort()).toEqual(made.map((variant) => variant.name).sort());
  });

  for (const variant of made) {
    const files = join(folder, variant.name);
    if (variant.differs === undefined) {
      it(`has the compiler's offsets and lengths under ${variant.name}`, () => {
        expect(layoutDifferences(folder, spec, variant)).toEqual([]);
      });

      it(`reads the compiler's values under ${variant.name}`, () => {
        expect(existsSync(join(files, 'data.bin'))).toBe(true);
        expect(valueDifferences(folder, spec, variant)).toEqual([]);
      });

      it(`finds the same layout in the whole program under ${variant.name}`, () => {
        expect(layoutDifferences(folder, spec, variant, 'write.cob')).toEqual([]);
      });
    } else {
      it(`differs on purpose under ${variant.name}: ${variant.differs}`, () => {
        expect(layoutDifferences(folder, spec, variant)).not.toEqual([]);
      });
    }
  }
});

/** Lay out the copybook, or the program: that says in SPECIAL-NAMES what the copybook is told by options. */
function layoutFor(folder: string, spec: CobolCase, variant: CobolVariant, file = 'copybook.cpy') {
  const copybook = parseCopybook(readFileSync(join(folder, file), 'latin1'), {
    file,
    library: fileCopyLibrary({ folders: [folder] }),
    sourceFormat: spec.sourceFormat ?? 'fixed',
    ...(file === 'copybook.cpy' ? spec.parse : {}),
  });
  return layoutOf(copybook, variant.options);
}

function recordOf(records: readonly RecordLayout[], name: string): RecordLayout {
  const record = records.find((candidate) => candidate.name === name);
  if (record === undefined) throw new Error(`no record ${name}`);
  return record;
}

/** Items that do not lie where the compiler put them, or are not as long. */
function layoutDifferences(folder: string, spec: CobolCase, variant: CobolVariant, file?: string): string[] {
  const { records } = layoutFor(folder, spec, variant, file);
  return expectedLayouts(join(folder, variant.name)).flatMap(({ record, items }) =>
    items.flatMap(({ item, offset, length }) => {
      const place = placeOf(recordOf(records, record), item);
      const same = place.offset === offset && place.length === length;
      return same ? [] : [`${item}: ${place.offset}+${place.length}, compiler ${offset}+${length}`];
    }),
  );
}

/** Values that are not what the program printed, and items that do not stand where it saw them in that record. */
function valueDifferences(folder: string, spec: CobolCase, variant: CobolVariant): string[] {
  const layout = layoutFor(folder, spec, variant);
  const rows = expectedRows(join(folder, variant.name));
  const frames = varyingRecords(readFileSync(join(folder, variant.name, 'data.bin')));
  const differences = frames.length === rows.length ? [] : [`${frames.length} records, compiler ${rows.length}`];
  const places = new Map(
    expectedLayouts(join(folder, variant.name)).flatMap(({ record, items }) =>
      items.map(({ item, offset }) => [`${record} ${item}`, offset] as const),
    ),
  );
  rows.forEach((row, index) => {
    const frame = frames[index] ?? new Uint8Array();
    const options = { codepage: 'ascii', trim: 'none', format: 'rdw', views: spec.views ?? 'good' } as const;
    const text = createCodec(layout, { ...options, record: row.record }).read(frame);
    const numbers = createCodec(layout, { ...options, record: row.record, edited: 'number' }).read(frame);
    const texts = fieldsByReference(text.root);
    const edited = fieldsByReference(numbers.root);
    const errors = text.issues.filter((issue) => issue.severity === 'error');
    differences.push(...errors.map((issue) => `record ${index + 1} ${issue.path}: ${issue.code}`));
    if (frame.length !== row.length)
      differences.push(`record ${index + 1}: ${frame.length} bytes, compiler ${row.length}`);
    for (const [item, printed] of Object.entries(row.values)) {
      const where = `record ${index + 1} ${item}`;
      const target = itemByReference(recordOf(layout.records, row.record), item);
      const reading = texts.get(target.key);
      const offset = printed.offset ?? places.get(`${row.record} ${item}`);
      if (reading === undefined) differences.push(`${where}: not read`);
      else if (reading.offset !== offset) differences.push(`${where}: at ${reading.offset}, compiler ${offset}`);
      else {
        const got = { text: reading.value, digits: edited.get(target.key)?.digits ?? null, value: reading.value };
        const wrong = valueDifference(target.item, printed, got);
        if (wrong !== null) differences.push(`${where}: ${wrong}`);
      }
    }
  });
  return differences;
}

interface Got {
  readonly text: unknown;
  /** The exact decimal, also of an edited item. */
  readonly digits: string | null;
  readonly value: unknown;
}

function valueDifference(item: LayoutItem, printed: PrintedValue, got: Got): string | null {
  if (printed.text !== undefined && got.text !== printed.text) {
    return `${JSON.stringify(got.text)}, compiler ${JSON.stringify(printed.text)}`;
  }
  if (printed.float !== undefined) {
    return sameFloat(item.length, got.value, printed.float) ? null : `${got.value}, compiler ${printed.float}`;
  }
  if (printed.number !== undefined) {
    // An edited item without a digit has no number, unless BLANK WHEN ZERO says which; the compiler makes 0 of both.
    const zero = item.type?.kind === 'edited' && item.type.blankWhenZero;
    const blank = printed.text !== undefined && !zero && !/\d/.test(printed.text);
    const number = blank ? null : printed.number;
    const digits = got.digits === null ? null : shortest(got.digits);
    return digits === number ? null : `${digits}, compiler ${number}`;
  }
  return null;
}

/** The same decimal without zeros that change nothing. */
function shortest(digits: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d+)(?:\.(\d*?))?0*$/.exec(withPoint(digits)) ?? [];
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `12` is `12.`, so that zeros at the end of a whole number stay. */
function withPoint(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.`;
}

/** The compiler prints 8 digits of a COMP-1 and at most 16 of a COMP-2. */
function sameFloat(length: number, value: unknown, printed: string): boolean {
  const expected = Number(printed);
  if (typeof value !== 'number') return false;
  return Math.abs(value - expected) <= Math.abs(expected) * (length === 4 ? 1e-7 : 1e-15);
}
