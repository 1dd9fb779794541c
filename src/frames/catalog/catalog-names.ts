import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { YamlPath } from '../../yaml/yaml-node.ts';
import type { FrameTypeSettings } from './catalog-settings.ts';
import type { CatalogSource } from './catalog-source.ts';

const typeName = /^[A-Za-z0-9][A-Za-z0-9 _.#@$-]{0,63}$/;
const memberName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;
const fieldName = /^[A-Za-z0-9\u00a1-\uffff][A-Za-z0-9 _.\u00a1-\uffff-]*$/;

/** Find the names in a type that end up in outputs and options, and are no names. */
export function nameProblems(name: string, type: FrameTypeSettings, source: CatalogSource): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const check = (text: string, pattern: RegExp, what: string, path: YamlPath): void => {
    if (pattern.test(text)) return;
    const expected = 'at most 64 letters and digits, with hyphens, periods and underscores between them';
    problems.push(nameProblem(`'${text}' is no name of ${what}`, expected, path, source));
  };
  check(name, typeName, 'a type', []);
  for (const [index, { event, fields }] of (type.events ?? []).entries()) {
    check(event, memberName, 'an event', ['events', index, 'event']);
    for (const member of Object.keys(fields))
      check(member, memberName, 'a member', ['events', index, 'fields', member]);
  }
  for (const field of Object.keys(type.fields ?? {})) check(field, fieldName, 'a field', ['fields', field]);
  return problems;

  function nameProblem(
    message: string,
    expected: string,
    path: YamlPath,
    { positionOf }: CatalogSource,
  ): SettingsProblem {
    const position = positionOf(['types', name, ...path]);
    return { code: 'CATALOG_SCHEMA', severity: 'error', position, message, expected };
  }
}

/** Say that two types have one name. */
export function sameName(name: string, { positionOf }: CatalogSource): SettingsProblem {
  return {
    code: 'CATALOG_SCHEMA',
    severity: 'error',
    position: positionOf(['types', name]),
    message: `there are two types ${name}`,
    expected: 'names that differ by more than case',
  };
}
