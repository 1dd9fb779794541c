import { itemsBelow } from '../../codec/field-settings.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { CatalogHeader, Compression } from './catalog.ts';
import type { ByteSetting, CompressionSettings } from './catalog-settings.ts';
import type { CatalogSource } from './catalog-source.ts';
import { fieldNamed, fieldProblem, isProblem } from './find-field.ts';

const widestFlags = 32; // bits: masks of more are beyond the bitwise operators

/** Turn what a catalog says about the compression of a type into what the schemes are told. Problems are added. */
export function resolveCompression(
  settings: CompressionSettings,
  name: string,
  header: CatalogHeader,
  source: CatalogSource,
  problems: SettingsProblem[],
): Compression {
  const { scheme, flag, fill, prime, fields } = settings;
  const { blank } = codePage(header.codepage);
  const byteOf = (byte: ByteSetting | undefined): number =>
    byte === 'zero' ? 0 : typeof byte === 'number' ? byte : blank;
  return {
    scheme,
    options: { fill: byteOf(fill), prime: byteOf(prime), ...(fields === undefined ? {} : { fields }) },
    flag: flag === undefined ? 0 : flagMask(flag, name, header, source, problems),
  };
}

/** The bits of an item below the flags, as the flags are read: one number, its last bit counts 1. */
function flagMask(
  flag: string,
  name: string,
  header: CatalogHeader,
  source: CatalogSource,
  problems: SettingsProblem[],
): number {
  const position = source.valuePositionOf(['types', name, 'compression', 'flag']);
  const { flags } = header.fields;
  const refuse = (message: string, expected: string): number => {
    problems.push(fieldProblem(message, expected, position, 'name the flags with header.fields.flags'));
    return 0;
  };
  if (flags === null) return refuse('the header has no flags', 'a bit of the header flags');
  const item = fieldNamed(header.record, flag, position, 'the header');
  if (isProblem(item)) {
    problems.push(item);
    return 0;
  }
  const bits = bitSpan(flags);
  const own = bitSpan(item);
  if (!isBelow(item, flags, header.record))
    return refuse(`${flag} is no part of ${flags.name}`, `a bit of ${flags.name}`);
  if (bits.length > widestFlags)
    return refuse(`${flags.name} has ${bits.length} bits`, `at most ${widestFlags} bits of flags`);
  const shift = bits.start + bits.length - own.start - own.length;
  return (2 ** own.length - 1) * 2 ** shift;
}

function bitSpan(item: LayoutItem): { readonly start: number; readonly length: number } {
  return { start: 8 * item.offset + item.bit, length: item.bitLength };
}

function isBelow(item: LayoutItem, group: LayoutItem, record: RecordLayout): boolean {
  return itemsBelow(record, group).includes(item);
}
