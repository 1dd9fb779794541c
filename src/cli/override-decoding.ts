import type { CodecOptions } from '../codec/codec-options.ts';
import { type Codec, createCodec } from '../codec/create-codec.ts';
import { splitUnquoted, unquote } from '../codec/rule-syntax.ts';
import { matchItems, unknownName } from '../copybook/find-item.ts';
import type { DecodingOptions } from './decoding-options.ts';

/** The decoding options that stand beside a catalog: how values are read and shown. */
export type ShownOptions = Pick<
  DecodingOptions,
  'views' | 'zoned' | 'blank' | 'edited' | 'trim' | 'names' | 'numbers' | 'filler' | 'field' | 'select'
>;

/**
 * Make the function that prepares a codec anew with these options in place of its own; it gives the same codec when none is given.
 * Names in `field` and `select` that a codec's records do not have are not for it: see `checkNames`.
 */
export function overrideDecoding(options: ShownOptions): (codec: Codec) => Codec {
  const { views, zoned, blank, edited, trim, names, numbers, filler, field = [], select } = options;
  const given = Object.fromEntries(
    Object.entries({ views, zoned, blank, edited, trim, names, numbers, filler }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as CodecOptions;
  if (Object.keys(given).length === 0 && field.length === 0 && select === undefined) return (codec) => codec;
  const wanted = select === undefined ? null : selectedNames(select);
  return (codec) => {
    const { record, ...own } = codec.options;
    const has = (name: string): boolean => codec.records.some((one) => matchItems(one, name).length > 0);
    const selected = wanted?.filter(has) ?? [];
    const made = createCodec(codec.layout, {
      ...own,
      ...given,
      ...(record === null ? {} : { record }),
      field: [...own.field, ...field.filter((text) => has(fieldName(text)))],
      select: selected,
    });
    // Nothing of such records is wanted; to a codec an empty selection means everything.
    return wanted !== null && selected.length === 0 ? withoutMembers(made) : made;
  };
}

/** Look for names in `field` and `select` that none of the codecs has. Throws UNKNOWN_NAME with the candidates. */
export function checkNames({ field = [], select = [] }: ShownOptions, codecs: readonly Codec[]): void {
  const records = codecs.flatMap((codec) => codec.records);
  for (const name of [...field.map(fieldName), ...selectedNames(select)]) {
    if (!records.some((record) => matchItems(record, name).length > 0)) throw unknownName(records, name);
  }
}

function fieldName(text: string): string {
  return unquote(splitUnquoted(text, '=')[0] ?? '');
}

function selectedNames(select: readonly string[]): readonly string[] {
  return select.flatMap((text) => splitUnquoted(text, ',')).map(unquote);
}

function withoutMembers(codec: Codec): Codec {
  return { ...codec, toJson: () => '{}', toValue: () => ({}), shapeOf: () => undefined };
}
