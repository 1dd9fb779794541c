import type { CodecOptions } from '../../codec/codec-options.ts';
import { createCodec } from '../../codec/create-codec.ts';
import type { Layout } from '../../copybook/layout.ts';
import { OverpunchError } from '../../errors.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { YamlPath } from '../../yaml/yaml-node.ts';
import { bodyCompressor } from './body-compressor.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogOrigin } from './catalog-origin.ts';
import { fieldProblem } from './find-field.ts';
import type { LazyFrameType } from './frame-type.ts';
import { problemsOf } from './read-copybook.ts';

/** Check the copybook of a type, then each of its options by itself, so that all wrong ones are found. */
export function checkFrameType(
  type: LazyFrameType,
  { header }: Catalog,
  { source }: CatalogOrigin,
): readonly SettingsProblem[] {
  const path = ['types', type.name];
  let layout: Layout;
  try {
    layout = type.layout();
  } catch (error) {
    return problemsOf(error);
  }
  const settings = source.settings.types[type.name];
  const { view: _, field: __, ...base } = type.codecOptions;
  const problems: SettingsProblem[] = [];
  const attempt = (options: CodecOptions, at: YamlPath): boolean => {
    try {
      createCodec(layout, options);
      return true;
    } catch (error) {
      problems.push(...optionProblems(error, at, source));
      return false;
    }
  };
  const recordPath = settings?.record !== undefined ? 'record' : 'recordWhen';
  if (!attempt(base, [...path, recordPath])) return problems;
  for (const [index, view] of (settings?.views ?? []).entries())
    attempt({ ...base, view: [view] }, [...path, 'views', index]);
  for (const [field, texts] of Object.entries(settings?.fields ?? {})) {
    for (const [index, text] of texts.entries())
      attempt({ ...base, field: [`${field}=${text}`] }, [...path, 'fields', field, index]);
  }
  if (problems.length > 0 || !attempt(type.codecOptions, path)) return problems;
  return [...checkHeader(type, layout, header, source), ...checkLength(type, header, source)];
}

function optionProblems(error: unknown, path: YamlPath, source: CatalogOrigin['source']): readonly SettingsProblem[] {
  if (!(error instanceof OverpunchError) || error.exitStatus === 3) return problemsOf(error);
  return [
    fieldProblem(
      error.message,
      'a name of the copybook, in the form of the option',
      source.valuePositionOf(path),
      error.hint,
    ),
  ];
}

/** A copybook that starts with the header itself must have the header's fields where the header has them. */
function checkHeader(
  { name }: LazyFrameType,
  layout: Layout,
  header: Catalog['header'],
  source: CatalogOrigin['source'],
): readonly SettingsProblem[] {
  if (!source.settings.header.included) return [];
  const position = source.valuePositionOf(['types', name, 'copybook']);
  const wanted = [...new Set([header.fields.type, header.fields.key, ...header.discriminators])];
  return layout.records.flatMap((record) =>
    wanted
      .filter((field) => !record.items.some((item) => item.name === field.name && item.offset === field.offset))
      .map((field) => {
        const message = `${record.name} has no ${field.name} at byte ${field.offset}, where the header has it`;
        return fieldProblem(
          message,
          'the header in front',
          position,
          'header.included: false puts the header in front',
        );
      }),
  );
}

/** Whether frames of the type are short enough, and its body has the form that its compression needs. */
function checkLength(
  type: LazyFrameType,
  header: Catalog['header'],
  source: CatalogOrigin['source'],
): readonly SettingsProblem[] {
  const { name, compression } = type;
  const codec = type.codec();
  const position = source.valuePositionOf(['types', name, 'copybook']);
  if (compression === null && codec.minimumLength > header.maximumFrame) {
    const message = `frames of ${name} have at least ${codec.minimumLength} bytes`;
    const expected = `at most ${header.maximumFrame} bytes`;
    return [
      { code: 'CATALOG_UNREACHABLE', severity: 'error', position, message, expected, hint: 'raise header.maximum' },
    ];
  }
  if (compression === null) return [];
  const where = source.valuePositionOf(['types', name, 'compression', 'fields']);
  const body = codec.maximumLength - header.length;
  if (body <= 0) return [fieldProblem(`${name} has no body to compress`, 'items behind the header', where)];
  if (compression.scheme === 'bitmap' && compression.options.fields !== undefined) {
    const sum = compression.options.fields.reduce((total, length) => total + length, 0);
    if (sum !== body)
      return [fieldProblem(`the fields have ${sum} bytes together`, `the ${body} bytes of the body`, where)];
  }
  try {
    bodyCompressor(compression, header.length, codec);
    return [];
  } catch (error) {
    return optionProblems(error, ['types', name, 'compression'], source);
  }
}
