import { createCodec } from '../../codec/create-codec.ts';
import { isInTable } from '../../copybook/is-in-table.ts';
import type { Layout, LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { SettingsError, type SettingsProblem } from '../../settings/settings-error.ts';
import type { YamlPath } from '../../yaml/yaml-node.ts';
import { type CatalogHeader, type FrameRole, frameRoles } from './catalog.ts';
import type { CatalogSource } from './catalog-source.ts';
import { fieldNamed, fieldProblem, isProblem } from './find-field.ts';
import type { CatalogPaths, ReadCopybook } from './read-copybook.ts';

const defaultMaximum = 32_760; // bytes: the longest record of z/OS

/** Read the header's copybook and find its fields. Throws a SettingsError or CopybookError with everything that is wrong. */
export function resolveHeader(source: CatalogSource, paths: CatalogPaths, read: ReadCopybook): CatalogHeader {
  const { settings } = source;
  const { header } = settings;
  const layout = headerLayout(source, paths, read);
  const [record] = layout.records;
  const problems: SettingsProblem[] = [];
  const find = (name: string, path: YamlPath): LayoutItem | null => {
    const found = fieldNamed(record, name, source.valuePositionOf(path), 'the header');
    if (!isProblem(found)) return found;
    problems.push(found);
    return null;
  };
  const field = (role: keyof typeof header.fields, groups: boolean): LayoutItem | null => {
    const name = header.fields[role];
    if (name === undefined) return null;
    const path = ['header', 'fields', role];
    const item = find(name, path);
    if (item === null) return null;
    if ((item.type === null && !groups) || isInTable(item)) {
      const unsuitable = isInTable(item) ? 'is in a table' : 'is a group';
      const expected = `a single ${groups ? '' : 'elementary '}field for the ${role}`;
      problems.push(fieldProblem(`${item.name} ${unsuitable}`, expected, source.valuePositionOf(path)));
    }
    return item;
  };
  const type = field('type', false);
  const key = field('key', true);
  const others = {
    direction: field('direction', false),
    sequence: field('sequence', false),
    time: field('time', false),
    length: field('length', false),
    flags: field('flags', true),
  };
  const discriminators = settings.discriminators?.map((name, index) => find(name, ['discriminators', index]));
  const directions = directionValues(source, others.direction !== null, problems);
  if (problems.length > 0 || type === null || key === null) throw new SettingsError(problems);
  const { length } = record.root;
  return {
    record,
    codec: createCodec(layout, { ...settings.decoding, format: 'rdw' }),
    length,
    codepage: settings.decoding?.codepage ?? 'cp037',
    fields: { type, key, ...others },
    directions,
    timeFormat: { kind: header.time?.format ?? 'milliseconds', offset: header.time?.offset ?? 0 },
    lengthAdjustment: (header.length?.counts === 'body' ? length : 0) + (header.length?.adjustment ?? 0),
    maximumFrame: header.maximum ?? defaultMaximum,
    discriminators: discriminators?.flatMap((item) => item ?? []) ?? [type],
  };
}

/** The layout of the header's one record. */
function headerLayout(
  source: CatalogSource,
  paths: CatalogPaths,
  read: ReadCopybook,
): Layout & { readonly records: [RecordLayout] } {
  const { header } = source.settings;
  const position = source.valuePositionOf(['header', 'copybook']);
  const outside = paths.problem(header.copybook, true, () => position);
  if (outside !== null) throw new SettingsError([outside]);
  const layout = read(paths.locate(header.copybook), position);
  const wanted = header.record?.toUpperCase();
  const records = layout.records.filter(({ name }) => wanted === undefined || name.toUpperCase() === wanted);
  const [record, another] = records;
  const refuse = (message: string, hint: string): SettingsError =>
    new SettingsError([
      { code: 'CATALOG_COPYBOOK', severity: 'error', position, message, expected: 'one group of a fixed length', hint },
    ]);
  const names = layout.records.map(({ name }) => name).join(', ');
  if (record === undefined) throw refuse(`the header copybook has no record ${header.record}`, `it has ${names}`);
  if (another !== undefined) throw refuse(`the header copybook has several records: ${names}`, 'name one with record:');
  if (record.root.type !== null || record.root.occurs !== null)
    throw refuse(`the header ${record.name} is no group`, 'put a 01 with fields below it there');
  if (record.minimumLength !== record.maximumLength)
    throw refuse(`the length of the header ${record.name} varies`, 'leave OCCURS DEPENDING ON to the bodies');
  return { ...layout, records: [record] };
}

/** Values of the direction field by role. Each stands for one role, and there must be a field to hold them. */
function directionValues(
  source: CatalogSource,
  hasField: boolean,
  problems: SettingsProblem[],
): Readonly<Record<FrameRole, readonly string[]>> {
  const { direction = {} } = source.settings.header;
  const taken = new Map<string, FrameRole>();
  const values = {
    request: direction.request ?? [],
    response: direction.response ?? [],
    notice: direction.notice ?? [],
  };
  for (const role of frameRoles) {
    for (const [index, value] of values[role].entries()) {
      const position = source.valuePositionOf(['header', 'direction', role, index]);
      const other = taken.get(value.trim());
      if (other !== undefined)
        problems.push(fieldProblem(`'${value}' stands for ${other} and for ${role}`, 'a value of its own', position));
      else if (!hasField)
        problems.push(fieldProblem('there is no field for the direction', 'header.fields.direction', position));
      taken.set(value.trim(), role);
    }
  }
  return values;
}
