import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { CatalogHeader } from './catalog.ts';
import type { FrameTypeSettings } from './catalog-settings.ts';
import type { CatalogSource } from './catalog-source.ts';
import { fieldProblem } from './find-field.ts';

/** Give the values of the discriminators of a type, in their order, none for any. Without `when` the type field holds the type's name. */
export function discriminatorValues(
  name: string,
  type: FrameTypeSettings,
  header: CatalogHeader,
  source: CatalogSource,
  problems: SettingsProblem[],
): readonly (readonly string[])[] {
  const { discriminators, fields } = header;
  const given = Object.entries(type.when ?? {}).map(([field, values]) => ({ field, values }));
  const names = discriminators.map((item) => item.name?.toUpperCase() ?? '');
  const written = (source.settings.discriminators ?? [source.settings.header.fields.type]).map((text) =>
    text.toUpperCase(),
  );
  const indexOf = (field: string): number => {
    const upper = field.toUpperCase();
    const index = written.indexOf(upper);
    return index >= 0 ? index : names.indexOf(upper);
  };
  for (const { field, values } of given) {
    const position = source.positionOf(['types', name, 'when', field]);
    if (indexOf(field) < 0) {
      const expected = `one of ${written.join(', ')}`;
      problems.push(fieldProblem(`${field} is no discriminator`, expected, position, 'list it with discriminators:'));
    } else if (values.length === 0)
      problems.push(fieldProblem(`${field} has no values`, 'a value or several', position));
  }
  return discriminators.map((item, index) => {
    const own = given.filter(({ field }) => indexOf(field) === index).flatMap(({ values }) => values);
    return own.length > 0 || type.when !== undefined || item !== fields.type ? own : [name];
  });
}
