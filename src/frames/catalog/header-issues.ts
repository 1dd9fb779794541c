import type { Issue } from '../../codec/issue.ts';
import { issueHex } from '../../codec/issue-hex.ts';
import { itemPath } from '../../codec/item-path.ts';
import { elementaryItems } from '../../copybook/elementary-items.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import type { Code } from '../../errors.ts';
import type { HeaderReader } from '../header/header-reader.ts';
import type { Catalog, CatalogHeader } from './catalog.ts';

/** Make an error about a part of a frame as it was sent. */
export function frameError(
  code: Code,
  path: string,
  bytes: Uint8Array,
  offset: number,
  length: number,
  expected: string,
): Issue {
  return { code, severity: 'error', path, offset, length, hex: issueHex(bytes, offset, offset + length), expected };
}

/** Make an error about a field of the header. */
export function headerError(code: Code, item: LayoutItem, bytes: Uint8Array, expected: string): Issue {
  const length = Math.ceil((item.bit + item.bitLength) / 8);
  return frameError(code, itemPath(item, []), bytes, item.offset, length, expected);
}

/** Find the fields of the header that cannot be read. */
export type HeaderCheck = (view: HeaderReader, bytes: Uint8Array) => readonly Issue[];

/** Prepare the check of a protocol's headers. */
export function headerCheck({ header }: Catalog): HeaderCheck {
  const { sequence, time, length, flags, key } = header.fields;
  const keyReaders = elementaryItems(key)
    .filter(({ name }) => name !== null)
    .map((item) => header.codec.fieldReader(item.path));
  return (view, bytes) => {
    const issues: Issue[] = [];
    const report = (item: LayoutItem | null, value: number, what: string): void => {
      if (item !== null && Number.isNaN(value)) issues.push(headerError('HEADER_FIELD', item, bytes, what));
    };
    report(length, view.frameLength, 'the length of the frame');
    // A key may also be too long for a number, which is no mistake.
    if (keyReaders.some((read) => read(bytes)?.value === null)) report(key, view.key, 'the key of the frame');
    report(sequence, view.sequence, 'a sequence number');
    report(time, view.time, `a time (${timeText(header)})`);
    report(flags, view.flags, 'flags');
    return issues;
  };
}

function timeText({ timeFormat }: CatalogHeader): string {
  if (timeFormat.kind === 'stck') return 'a TOD clock';
  return timeFormat.kind === 'digits' ? 'YYYYMMDDHHMMSS' : `${timeFormat.kind} since 1970`;
}
