import { readBounded } from '../../copybook/read-bounded.ts';
import type { SourcePosition } from '../../copybook/source-position.ts';
import { type Code, OverpunchError } from '../../errors.ts';
import { placesIn } from '../../yaml/places-in.ts';
import { readYaml } from '../../yaml/read-yaml.ts';
import { offsetOf, plainValue, valueOffsetOf, type YamlNode, type YamlPath } from '../../yaml/yaml-node.ts';
import { CatalogError } from './catalog-error.ts';
import type { Places } from './schema-problem.ts';

/** What a file of settings is, for people. */
export interface SettingsKind {
  /** `catalog`, `pipeline` */
  readonly name: string;
  /** The code of what is no YAML, or no text. */
  readonly code: Code;
  readonly expected: string;
  /** The most MiB it may have. */
  readonly most: number;
  /** What to do about a file that is no text, or too large. */
  readonly textHint: string;
}

/** A file of settings taken apart: what it says, every scalar as a text, and where. */
export interface SettingsFile extends Places {
  readonly root: YamlNode;
  readonly value: unknown;
}

/** What to do about YAML that is none. */
export const yamlHint = 'check the indentation and the quotation marks here and on the line above';

/**
 * Read a YAML file whose members have a form.
 *
 * Throws a CatalogError with the code of its kind for what is no YAML and for members named `__proto__`, IO for a file that cannot be read.
 */
export function readSettingsFile(file: string, kind: SettingsKind): SettingsFile {
  const text = readText(file, kind);
  const placeAt = placesIn(text);
  const positionAt = (offset: number): SourcePosition => ({ file, ...placeAt(offset) });
  const { root, mistake } = readYaml(text);
  if (root === null) {
    const { offset, message } = mistake ?? { offset: 0, message: 'the file is empty' };
    throw refusal(kind, [positionAt(offset)], message, yamlHint);
  }
  const forbidden = membersNamedProto(root);
  if (forbidden.length > 0) throw refusal(kind, forbidden.map(positionAt), '__proto__ is no name', yamlHint);
  return {
    root,
    value: plainValue(root),
    positionOf: (path: YamlPath) => positionAt(offsetOf(root, path)),
    valuePositionOf: (path: YamlPath) => positionAt(valueOffsetOf(root, path)),
  };
}

function readText(file: string, kind: SettingsKind): string {
  const { name, most, textHint } = kind;
  let bytes: Uint8Array | null;
  try {
    bytes = readBounded(file, most * 1024 * 1024);
  } catch (error) {
    throw new OverpunchError('IO', `the ${name} ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const start = [{ file, line: 1, column: 1, lineText: '' }];
  if (bytes === null) throw refusal(kind, start, `the file is larger than ${most} MiB`, textHint);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refusal(kind, start, 'the file is no text in UTF-8', textHint);
  }
}

function refusal(
  { code, expected }: SettingsKind,
  positions: readonly SourcePosition[],
  message: string,
  hint: string,
): CatalogError {
  return new CatalogError(
    positions.map((position) => ({ code, severity: 'error', position, message, expected, hint })),
  );
}

function membersNamedProto(node: YamlNode): readonly number[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(membersNamedProto);
  return node.entries.flatMap(({ key, keyOffset, value }) =>
    key === '__proto__' ? [keyOffset] : membersNamedProto(value),
  );
}
