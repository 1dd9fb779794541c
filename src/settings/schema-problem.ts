import type { z } from 'zod';
import { nearNames } from '../copybook/near-names.ts';
import type { SourcePosition } from '../copybook/source-position.ts';
import type { Code } from '../errors.ts';
import type { YamlPath } from '../yaml/yaml-node.ts';
import type { SettingsProblem } from './settings-error.ts';

const shownText = 40; // characters of a value in a message

/** Where parts of a file stand: members by their names, and values. */
export interface Places {
  /** Where the file says something: as far on the path as there is something. */
  positionOf(path: YamlPath): SourcePosition;
  /** Where the value at the end of a path stands. */
  valuePositionOf(path: YamlPath): SourcePosition;
}

/** What is wrong with the form of a file: one problem for each unknown member, one for everything else. `kind` is that of `SettingsKind`. */
export function schemaProblem(
  issue: z.core.$ZodIssue,
  value: unknown,
  source: Places,
  kind: { readonly name: string; readonly schemaCode: Code },
): readonly SettingsProblem[] {
  const code = kind.schemaCode;
  const name = issue.path.length === 0 ? `the ${kind.name}` : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(', ');
    return issue.keys.map((key) => {
      const [near] = nearNames(key, known);
      return {
        code,
        severity: 'error',
        position: source.positionOf([...issue.path, key]),
        message: `${name} has no member ${key}`,
        expected: `one of ${issue.message}`,
        hint: near === undefined ? 'remove it, or put it where it belongs' : `did you mean ${near}?`,
      };
    });
  }
  const given = givenAt(value, issue.path);
  const isChoice = issue.code === 'invalid_value';
  const expected = isChoice ? `one of ${issue.message}` : mappingText(issue);
  if (given === undefined) {
    return [
      {
        code,
        severity: 'error',
        position: source.positionOf(issue.path),
        message: `${name} is missing`,
        expected,
        hint: `add ${String(issue.path.at(-1))}:`,
      },
    ];
  }
  const near = isChoice && typeof given === 'string' ? nearNames(given, issue.message.split(', '))[0] : undefined;
  return [
    {
      code,
      severity: 'error',
      position: source.valuePositionOf(issue.path),
      message: `${name} is ${shown(given)}`,
      expected,
      hint: near === undefined ? undefined : `did you mean ${near}?`,
    },
  ];
}

/** A mapping's error is the list of its members. */
function mappingText(issue: z.core.$ZodIssue): string {
  const isMapping = issue.code === 'invalid_type' && issue.expected === 'object';
  return isMapping ? `a mapping with the members ${issue.message}` : issue.message;
}

function shown(value: unknown): string {
  if (typeof value === 'string') {
    if (value === '') return 'empty';
    return value.length > shownText ? `'${value.slice(0, shownText)}…'` : `'${value}'`;
  }
  return Array.isArray(value) ? 'a list' : 'a mapping';
}

function givenAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[step];
  }
  return at;
}
