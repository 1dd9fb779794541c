import type { LayoutItem } from '../copybook/layout.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { readsNumber } from './field-reader.ts';
import type { FieldSettings } from './field-settings.ts';
import { type NumberForm, numberForm } from './number-form.ts';

/** What the values of a field have in common, whatever its bytes are: all that can be promised of them. */
export type FieldForm = TextForm | NumberForm;

/** What the texts of a field have in common. */
export interface TextForm {
  readonly kind: 'text';
  /** Bytes as hexadecimal digits, bits as `0` and `1`; `null`: any characters. */
  readonly digits: 'hex' | 'bits' | null;
  /** UTF-16 units at most. */
  readonly maximumLength: number;
}

/** Work out the form of an elementary item's values. Throws UNKNOWN_CODE_PAGE. */
export function fieldForm(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): FieldForm {
  if (readsNumber(item, settings, options)) return numberForm(item, settings, options);
  const { type, length } = item;
  if (settings.as === 'bits' && type !== null) return { kind: 'text', digits: 'bits', maximumLength: item.bitLength };
  if (settings.as === 'hex' || type === null) {
    return { kind: 'text', digits: 'hex', maximumLength: 2 * Math.ceil(item.bitLength / 8) };
  }
  const national = (type.kind === 'text' || type.kind === 'edited') && type.encoding === 'national';
  // No page makes more than one UTF-16 unit of a byte.
  return { kind: 'text', digits: null, maximumLength: national ? Math.floor(length / 2) : length };
}

/**
 * Whether a field can be `null`. In a good record that is a blank number under `blank: null`; in others everything that can
 * be unreadable, which is all but single-byte text, hexadecimal, binary that is always exact, and bits.
 *
 * With `cut` a record may end inside the field, of which only text is kept.
 */
export function isNullable(
  item: LayoutItem,
  form: FieldForm,
  settings: FieldSettings,
  records: { readonly good: boolean; readonly cut: boolean },
): boolean {
  const { type } = item;
  if (form.kind === 'text') return !records.good && form.digits === null && canBreak(item, settings);
  const blankable =
    settings.as !== 'packed-unsigned' &&
    (type?.kind === 'zoned' || type?.kind === 'edited' || (type?.kind === 'packed' && type.signNibble));
  if (blankable && settings.blank === 'null') return true;
  if (records.good) return false;
  if (records.cut || settings.as === 'packed-unsigned') return true;
  return type?.kind === 'bits' ? false : type?.kind === 'binary' ? form.checked : true;
}

/** Whether text can be malformed as a whole: shifts that do not balance, half a pair. */
function canBreak(item: LayoutItem, settings: FieldSettings): boolean {
  const { type } = item;
  if (type?.kind !== 'text' && type?.kind !== 'edited') return false;
  if (type.encoding === 'dbcs') return true;
  const { kind } = codePage(settings.codepage);
  return type.encoding === 'single-byte' && (kind === 'mixed' || kind === 'dbcs');
}
