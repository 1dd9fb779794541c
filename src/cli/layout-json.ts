import type { Layout, LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { dfsortField } from './dfsort-field.ts';
import { literal } from './layout-table.ts';
import { recordFormat } from './record-format.ts';

/** Give a layout as plain JSON: what `layout --json` prints. */
export function layoutJson(layout: Layout): object {
  return {
    records: layout.records.map((record) => recordJson(record, layout)),
    warnings: layout.warnings.map(({ code, message, position: { file, line, column } }) => ({
      code,
      message,
      file,
      line,
      column,
    })),
  };
}

function recordJson(record: RecordLayout, layout: Layout): object {
  const { recfm, lrecl, shift } = recordFormat(record);
  const { name, minimumLength, maximumLength, items, renames } = record;
  return {
    name,
    minimumLength,
    maximumLength,
    recfm,
    lrecl,
    items: items.filter((item) => item.level > 0).map((item) => itemJson(item, layout, shift)),
    renames: renames.map(({ name, from, through, offset, length }) => {
      return { level: 66, name, from: from.path, through: through.path, offset, length };
    }),
  };
}

function itemJson(item: LayoutItem, layout: Layout, shift: number): object {
  const { level, name, path, offset, length, bit, bitLength, picture, usage, occurs, redefines, synchronized, slack } =
    item;
  return {
    level,
    name,
    path,
    offset,
    length,
    ...(bitLength === 8 * length ? {} : { bit, bitLength }),
    kind: item.type?.kind ?? 'group',
    picture,
    usage,
    occurs:
      occurs === null
        ? null
        : {
            minimum: occurs.minimum,
            maximum: occurs.maximum,
            dependingOn: occurs.counterName,
            // Entries of bits need not start at a byte.
            ...(occurs.strideBits % 8 === 0 ? { stride: occurs.stride } : { strideBits: occurs.strideBits }),
          },
    redefines: redefines === null ? null : (redefines.name ?? 'FILLER'),
    synchronized,
    slack,
    dfsort: dfsortField(item, layout.dialect, shift),
    conditions: item.conditions.map(({ name, values }) => ({
      name,
      values: values.map(({ from, through }) =>
        through === null ? [literal(from)] : [literal(from), literal(through)],
      ),
    })),
  };
}
