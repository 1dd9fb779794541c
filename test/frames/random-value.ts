import { editNumber } from '../../src/codec/edit-number.ts';
import type { LayoutItem, RecordLayout } from '../../src/copybook/layout.ts';
import type { RandomSource } from '../codec/random-source.ts';

/** What a random value must hold, whatever is drawn otherwise. */
export interface Demands {
  /** Values of elementary items by name. */
  readonly values: Readonly<Record<string, string | number>>;
  /** Names of the views to fill; the others of their areas are left out. */
  readonly views: readonly string[];
  /** Decimals of bit fields by name. */
  readonly scales: Readonly<Record<string, number>>;
}

type Value = Record<string, unknown>;

/** Make a value that a record can hold, as decoding it would give it: tables of as many entries as their counters say. */
export function randomValue(record: RecordLayout, demands: Demands, random: RandomSource): Value {
  /** What the counters hold, each until the next entry of the table that it is in. */
  const counts = new Map<LayoutItem, number>();

  const groupValue = (group: LayoutItem): Value => {
    const value: Value = {};
    for (const item of group.children) {
      if (item.name === null || !isChosen(item, demands)) continue;
      const { occurs } = item;
      const count = occurs?.counter == null ? occurs?.maximum : counts.get(occurs.counter);
      const one = (): unknown => (item.type === null ? groupValue(item) : elementaryValue(item));
      value[item.name] = occurs === null ? one() : Array.from({ length: count ?? 0 }, one);
    }
    return value;
  };

  const elementaryValue = (item: LayoutItem): string | number => {
    const tables = record.items.flatMap((table) =>
      table.occurs?.counter === item && isChosen(table, demands) ? [table.occurs] : [],
    );
    if (tables.length === 0) return fieldValue(item, demands, random);
    const least = Math.max(...tables.map(({ minimum }) => minimum));
    const count = random.integer(least, Math.min(...tables.map(({ maximum }) => maximum)));
    counts.set(item, count);
    return count;
  };

  return groupValue(record.root);
}

/** Whether an item stands in no view, or in the one to fill. */
function isChosen(item: LayoutItem, { views }: Demands): boolean {
  for (let one: LayoutItem | null = item; one !== null; one = one.parent) {
    if ((one.redefines !== null || one.views.length > 1) && !views.includes(one.name ?? '')) return false;
  }
  return true;
}

function fieldValue(item: LayoutItem, { values, scales }: Demands, random: RandomSource): string | number {
  const given = values[item.name ?? ''];
  const { type } = item;
  if (given !== undefined || type === null) return given ?? '';
  const number = (digits: number, scale: number, signed: boolean): number => {
    const unscaled = Number(random.digits(random.integer(1, digits))) * (signed && random.chance(0.3) ? -1 : 1);
    return unscaled === 0 ? 0 : Number(`${unscaled}e${-scale}`);
  };
  switch (type.kind) {
    case 'text':
      return Array.from({ length: random.integer(0, item.length) }, () => random.pick([...'AÉé 0€*']))
        .join('')
        .trimEnd();
    case 'edited': {
      const digits = String(random.integer(1, 99999));
      return editNumber({ negative: random.chance(0.5), digits, scale: 0 }, type.picture, false)?.trimEnd() ?? '';
    }
    case 'zoned':
    case 'packed':
    case 'binary':
      return number(type.digits, type.scale, type.signed);
    case 'bits':
      return Number(`${random.integer(0, 2 ** type.bits - 1)}e${-(scales[item.name ?? ''] ?? 0)}`);
    default:
      throw new RangeError(`no random value for ${type.kind}`);
  }
}
