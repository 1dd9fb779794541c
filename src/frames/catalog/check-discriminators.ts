import { parseDecimal } from '../../codec/decimal.ts';
import { readsNumber } from '../../codec/field-reader.ts';
import { fieldWriter } from '../../codec/field-writer.ts';
import { valueKey } from '../../codec/value-key.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog, FrameType } from './catalog.ts';
import type { CatalogOrigin } from './catalog-origin.ts';

/** Find the types that no frame can be of, and those that a frame can be of besides another. */
export function checkDiscriminators(
  { header, types }: Catalog,
  { source }: CatalogOrigin,
): ReadonlyMap<FrameType, readonly SettingsProblem[]> {
  const { discriminators } = header;
  const fields = discriminators.map((item) => discriminatorField(item, header));
  const found = new Map<FrameType, SettingsProblem[]>();
  const add = (type: FrameType, problem: SettingsProblem): void => {
    found.set(type, [...(found.get(type) ?? []), problem]);
  };
  const place = (type: FrameType, item: LayoutItem | undefined): SettingsProblem['position'] =>
    source.valuePositionOf(whenPath(type, item, source));

  for (const type of types) {
    for (const [index, values] of type.when.entries()) {
      const item = discriminators[index];
      for (const value of values) {
        const expected = fields[index]?.refuse(value) ?? null;
        if (expected === null || item === undefined) continue;
        const message = `${item.name} is never '${value}'`;
        const hint = 'the values of a type are those of its when:, else its name';
        add(type, {
          code: 'CATALOG_UNREACHABLE',
          severity: 'error',
          position: place(type, item),
          message,
          expected,
          hint,
        });
      }
    }
  }

  const keys = types.map((type) =>
    type.when.map((values, index) => new Set(values.map((value) => fields[index]?.key(value)))),
  );
  for (const [index, type] of types.entries()) {
    const own = keys[index] ?? [];
    for (let before = 0; before < index; before += 1) {
      const other = keys[before] ?? [];
      const earlier = types[before];
      if (earlier === undefined || !own.every((values, at) => meet(values, other[at]))) continue;
      const position = source.positionOf(['types', type.name]);
      const expected = 'values of the discriminators that no other type has';
      const covered = own.every((values, at) => covers(other[at], values));
      add(
        type,
        covered
          ? {
              code: 'CATALOG_UNREACHABLE',
              severity: 'error',
              position,
              message: `every frame of ${type.name} is taken for ${earlier.name}, line ${earlier.position.line}`,
              expected,
              hint: 'the first type that fits is taken',
            }
          : {
              code: 'CATALOG_OVERLAP',
              severity: 'error',
              position,
              message: `a frame can be of ${type.name} and of ${earlier.name}, line ${earlier.position.line}`,
              expected,
              hint: 'the first type that fits is taken; let discriminators: name what tells them apart',
            },
      );
      break;
    }
  }
  return found;
}

interface DiscriminatorField {
  /** What values look like that the field can hold; `null` for one that is. */
  refuse(value: string): string | null;
  /** The same for values that are equal. */
  key(value: string): string;
}

function discriminatorField(item: LayoutItem, { codec }: Catalog['header']): DiscriminatorField {
  const settings = codec.settingsOf(item);
  if (settings === undefined) throw new RangeError(`${item.path} is no field of the header`);
  const numeric = readsNumber(item, settings, codec.options);
  const write = fieldWriter(item, settings, codec.options);
  const isNoNumber = (value: string): boolean => numeric && value.trim() !== '' && parseDecimal(value) === null;
  return {
    refuse(value) {
      if (value.trim() === '') return null; // blank
      if (isNoNumber(value)) return 'a number: the field is numeric';
      const written = write(value.trim(), false);
      return 'code' in written ? written.expected : null;
    },
    key(value) {
      return isNoNumber(value) ? value : valueKey(item, numeric, value);
    },
  };
}

/** No values mean any. */
function meet(one: ReadonlySet<unknown>, other: ReadonlySet<unknown> | undefined): boolean {
  return one.size === 0 || other === undefined || other.size === 0 || [...one].some((value) => other.has(value));
}

function covers(one: ReadonlySet<unknown> | undefined, other: ReadonlySet<unknown>): boolean {
  if (one === undefined || one.size === 0) return true;
  return other.size > 0 && [...other].every((value) => one.has(value));
}

/** Where the file names the values of a discriminator: below `when`, else the name of the type. */
function whenPath(
  type: FrameType,
  item: LayoutItem | undefined,
  source: CatalogOrigin['source'],
): readonly PropertyKey[] {
  const path = ['types', type.name];
  const given = source.membersOf([...path, 'when']);
  const name = item?.name?.toUpperCase() ?? '';
  const key = given.find((field) => field.toUpperCase() === name || field.toUpperCase().endsWith(`.${name}`));
  return key === undefined ? path : [...path, 'when', key];
}
