import type { CodecOptions } from '../../codec/codec-options.ts';
import { type Codec, createCodec } from '../../codec/create-codec.ts';
import { joinLayouts } from '../../copybook/join-records.ts';
import type { Layout } from '../../copybook/layout.ts';
import { OverpunchError } from '../../errors.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import type { CatalogHeader, Compression, FrameType } from './catalog.ts';
import type { FrameTypeSettings } from './catalog-settings.ts';
import type { CatalogSource } from './catalog-source.ts';
import { type CatalogPaths, problemsOf, type ReadCopybook } from './read-copybook.ts';

/** What a frame type is made from. */
export interface FrameTypeParts {
  readonly index: number;
  readonly name: string;
  readonly file: string;
  readonly when: readonly (readonly string[])[];
  readonly compression: Compression | null;
}

/** A frame type with the inner steps of preparing its codec, for checking them one by one. */
export interface LazyFrameType extends FrameType {
  /** Header and body as one layout. Throws a CopybookError or SettingsError. */
  layout(): Layout;
  readonly codecOptions: CodecOptions;
}

/** Make a frame type whose copybook is read when its codec is first asked for. What that gave or threw is kept. */
export function frameType(
  parts: FrameTypeParts,
  settings: FrameTypeSettings,
  header: CatalogHeader,
  source: CatalogSource,
  paths: CatalogPaths,
  read: ReadCopybook,
): LazyFrameType {
  const { index, name, file, when, compression } = parts;
  const path = ['types', name];
  const codecOptions: CodecOptions = {
    ...source.settings.decoding,
    format: 'rdw', // a record of its own length: what is missing at its end is no error
    record: settings.record,
    recordWhen: settings.recordWhen,
    view: settings.views,
    field: Object.entries(settings.fields ?? {}).flatMap(([field, texts]) => texts.map((text) => `${field}=${text}`)),
  };
  const layout = once((): Layout => {
    const position = source.valuePositionOf([...path, 'copybook']);
    const outside = paths.problem(settings.copybook, true, () => position);
    if (outside !== null) throw new SettingsError([outside]);
    const body = read(file, position);
    const records = body.records.filter(({ root }) => root.type === null && root.occurs === null);
    if (records.length === 0) {
      const message = `${file} describes no group, so nothing can be put behind the header`;
      const expected = 'a 01 with fields below it';
      throw new SettingsError([{ code: 'CATALOG_COPYBOOK', severity: 'error', position, message, expected }]);
    }
    const groups = { ...body, records };
    return source.settings.header.included ? groups : joinLayouts(header.record, groups);
  });
  const codec = once((): Codec => {
    try {
      return createCodec(layout(), codecOptions);
    } catch (error) {
      if (!(error instanceof OverpunchError) || error.exitStatus === 3) throw error;
      const position = source.positionOf(path);
      const { message, hint } = error;
      throw new SettingsError([
        { code: 'CATALOG_FIELD', severity: 'error', position, message: `${name}: ${message}`, hint },
      ]);
    }
  });
  return {
    index,
    name,
    title: settings.title ?? name,
    role: settings.role,
    pairsWith: settings.pairsWith ?? null,
    compression,
    when,
    events: (settings.events ?? []).map(({ event, fields, when: conditions = [] }) => ({
      event,
      fields,
      when: conditions,
    })),
    copybook: file,
    get position() {
      return source.positionOf(path);
    },
    codec,
    layout,
    codecOptions,
  };
}

/** Do something on the first call, and give or throw the same again on the others. */
function once<Result>(act: () => Result): () => Result {
  let outcome: { readonly result: Result } | { readonly error: unknown } | null = null;
  return () => {
    if (outcome === null) {
      try {
        outcome = { result: act() };
      } catch (error) {
        problemsOf(error); // a mistake of ours is not kept
        outcome = { error };
      }
    }
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  };
}
