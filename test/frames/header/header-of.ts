import { join } from 'node:path';
import type { CodecOptions } from '../../../src/codec/codec-options.ts';
import { createCodec } from '../../../src/codec/create-codec.ts';
import { findItem } from '../../../src/copybook/find-item.ts';
import type { DialectOptions } from '../../../src/copybook/index.ts';
import type { LayoutItem } from '../../../src/copybook/layout.ts';
import type { CatalogHeader, FrameRole, TimeFormat } from '../../../src/frames/catalog/catalog.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import type { HeaderSource } from '../../../src/frames/header/header-source.ts';
import { layoutFrom } from '../../codec/codec-of.ts';
import { itcFolder } from '../grow-catalog.ts';

/** A header in short: names of its fields, and what they mean. */
export interface HeaderDraft {
  readonly copybook: string;
  readonly fields: { readonly type: string; readonly key: string } & Partial<
    Record<'direction' | 'sequence' | 'time' | 'length' | 'flags', string>
  >;
  readonly directions?: Partial<Record<FrameRole, readonly string[]>>;
  readonly timeFormat?: TimeFormat;
  readonly lengthAdjustment?: number;
  readonly discriminators?: readonly string[];
  readonly types?: HeaderSource['types'];
  readonly options?: CodecOptions;
  readonly dialect?: DialectOptions;
}

/** Make the header of a catalog, and its types, without a catalog. */
export function headerOf(draft: HeaderDraft): HeaderSource & { readonly header: CatalogHeader } {
  const layout = layoutFrom(draft.copybook, draft.dialect);
  const [record] = layout.records;
  if (record === undefined) throw new Error('no record');
  const codec = createCodec(layout, draft.options);
  const named = (name: string): LayoutItem => findItem(record, name);
  const optional = (name: string | undefined): LayoutItem | null => (name === undefined ? null : named(name));
  const { type, direction, key, sequence, time, length, flags } = draft.fields;
  return {
    header: {
      record,
      codec,
      length: record.maximumLength,
      codepage: codec.options.codepage,
      fields: {
        type: named(type),
        direction: optional(direction),
        key: named(key),
        sequence: optional(sequence),
        time: optional(time),
        length: optional(length),
        flags: optional(flags),
      },
      directions: { request: [], response: [], notice: [], ...draft.directions },
      timeFormat: draft.timeFormat ?? { kind: 'milliseconds', offset: 0 },
      lengthAdjustment: draft.lengthAdjustment ?? 0,
      maximumFrame: 4096,
      discriminators: (draft.discriminators ?? [type]).map(named),
    },
    types: draft.types ?? [],
  };
}

/** The header of the sample protocol, 32 bytes, with `count` pairs of types. */
export function terminalHeader(count: number): HeaderSource & { readonly header: CatalogHeader } {
  const names = Array.from({ length: count }, (_, index) => String(index).padStart(3, '0'));
  return {
    header: loadCatalog(join(itcFolder, 'catalog.yaml')).header,
    types: names.flatMap((name) => [
      { when: [[`T${name}`]], role: 'request' as const },
      { when: [[`R${name}`]], role: 'response' as const },
    ]),
  };
}
