import type { Codec } from '../../codec/create-codec.ts';
import type { FieldWriter } from '../../codec/encode-issue.ts';
import { fieldWriter } from '../../codec/field-writer.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { copyBits } from '../../ebcdic/copy-bits.ts';
import { directPatch } from './direct-patch.ts';

const mostKnown = 256;

/** Writes one field of a frame that is there already, at a place that no table moves. */
export interface FieldPatch {
  /** `false`: the value does not fit. An array fills the entries of a table. */
  write(value: unknown, frame: Uint8Array): boolean;
}

/** Make what writes fields of a record at their places; `null` when one of them has no place of its own. */
export function fieldPatches(
  codec: Codec,
  record: RecordLayout,
  items: readonly LayoutItem[],
): readonly FieldPatch[] | null {
  const patches: FieldPatch[] = [];
  for (const item of items) {
    const settings = codec.settingsOf(item);
    if (settings === undefined || item.type === null || isMoved(item, record)) return null;
    patches.push(fieldPatch(item, fieldWriter(item, settings, codec.options)));
  }
  return patches;
}

function fieldPatch(item: LayoutItem, writer: FieldWriter): FieldPatch {
  const { bitLength } = item;
  const stride = item.occurs?.strideBits ?? 0;
  const start = 8 * item.offset + item.bit;
  const direct = ((start | stride | bitLength) & 7) === 0 ? directPatch(item, writer) : null;
  const known = new Map<unknown, Uint8Array>(); // what the general writer made: many values come again and again
  const put = (value: unknown, frame: Uint8Array, at: number): boolean => {
    if (at + bitLength > 8 * frame.length) return false;
    if (direct?.(value, frame, at >>> 3) === true) return true;
    let bytes = known.get(value);
    if (bytes === undefined) {
      const written = writer(value, false);
      if ('code' in written) return false;
      ({ bytes } = written);
      if (known.size < mostKnown) known.set(value, bytes);
    }
    copyBits(bytes, 0, frame, at, bitLength);
    return true;
  };
  return {
    write(value, frame) {
      if (!Array.isArray(value)) return put(value, frame, start);
      for (let index = 0; index < value.length; index++)
        if (!put(value[index], frame, start + index * stride)) return false;
      return true;
    },
  };
}

/** Whether a table before a field, or around it, makes its place depend on the frame. */
function isMoved(item: LayoutItem, record: RecordLayout): boolean {
  for (let at = item.parent; at !== null; at = at.parent) if (at.occurs !== null) return true;
  return record.items.some(({ index, occurs }) => index < item.index && occurs !== null && occurs.counter !== null);
}
