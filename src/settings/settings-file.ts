import type { z } from 'zod';
import { readBounded } from '../copybook/read-bounded.ts';
import type { SourcePosition } from '../copybook/source-position.ts';
import type { Code } from '../errors.ts';
import { placesIn } from '../yaml/places-in.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { offsetOf, plainValue, valueOffsetOf, type YamlNode, type YamlPath } from '../yaml/yaml-node.ts';
import { byPlace } from './by-place.ts';
import { ioError } from './io-error.ts';
import { type Places, schemaProblem } from './schema-problem.ts';
import { SettingsError } from './settings-error.ts';

/** What a file of settings is, for people. */
export interface SettingsKind {
  /** `catalog`, `pipeline` */
  readonly name: string;
  /** The code of what is no YAML, or no text. */
  readonly code: Code;
  /** The code of a member that is missing, unknown or of the wrong kind. */
  readonly schemaCode: Code;
  readonly expected: string;
  /** The most MiB it may have. */
  readonly most: number;
  /** What to do about a file that is no text, or too large. */
  readonly textHint: string;
}

/** A file of settings: what it says, and where. */
export interface SettingsFile<Settings> extends Places {
  readonly root: YamlNode;
  readonly settings: Settings;
}

/** What to do about YAML that is none. */
export const yamlHint = 'check the indentation and the quotation marks here and on the line above';

/**
 * Read a YAML file and check its form; the schema gets every scalar as a text.
 *
 * Throws a SettingsError with everything that is wrong with it (the codes of its kind; members named `__proto__` are no YAML), IO for a file
 * that cannot be read.
 */
export function readSettingsFile<Settings>(
  file: string,
  kind: SettingsKind,
  schema: z.ZodType<Settings>,
): SettingsFile<Settings> {
  const text = readSettingsText(file, kind);
  const placeAt = placesIn(text);
  const positionAt = (offset: number): SourcePosition => ({ file, ...placeAt(offset) });
  const { root, mistake } = readYaml(text);
  if (root === null) {
    const { offset, message } = mistake ?? { offset: 0, message: 'the file is empty' };
    throw syntaxError(kind, [positionAt(offset)], message, yamlHint);
  }
  const forbidden = membersNamedProto(root);
  if (forbidden.length > 0) throw syntaxError(kind, forbidden.map(positionAt), '__proto__ is no name', yamlHint);
  const places: Places = {
    positionOf: (path: YamlPath) => positionAt(offsetOf(root, path)),
    valuePositionOf: (path: YamlPath) => positionAt(valueOffsetOf(root, path)),
  };
  const value = plainValue(root);
  const parsed = schema.safeParse(value, { jitless: true }); // read once: code made for it would cost more
  if (parsed.success) return { ...places, root, settings: parsed.data };
  const problems = parsed.error.issues.flatMap((issue) => schemaProblem(issue, value, places, kind));
  throw new SettingsError(problems.sort(byPlace));
}

/** Read the text of a file of settings. Throws a SettingsError for what is no text or too large, IO for a file that cannot be read. */
export function readSettingsText(file: string, kind: SettingsKind): string {
  const { most, textHint } = kind;
  let bytes: Uint8Array | null;
  try {
    bytes = readBounded(file, most * 1024 * 1024);
  } catch (error) {
    throw ioError(file, error);
  }
  const start = [{ file, line: 1, column: 1, lineText: '' }];
  if (bytes === null) throw syntaxError(kind, start, `the file is larger than ${most} MiB`, textHint);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw syntaxError(kind, start, 'the file is no text in UTF-8', textHint);
  }
}

/** Make the error of a file that is no YAML at some places. */
export function syntaxError(
  { code, expected }: SettingsKind,
  positions: readonly SourcePosition[],
  message: string,
  hint: string,
): SettingsError {
  return new SettingsError(
    positions.map((position) => ({ code, severity: 'error', position, message, expected, hint })),
  );
}

/** Find where names are `__proto__`, which is none. */
export function membersNamedProto(node: YamlNode): readonly number[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(membersNamedProto);
  return node.entries.flatMap(({ key, keyOffset, value }) =>
    key === '__proto__' ? [keyOffset] : membersNamedProto(value),
  );
}
