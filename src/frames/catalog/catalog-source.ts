import { readBounded } from '../../copybook/read-bounded.ts';
import type { SourcePosition } from '../../copybook/source-position.ts';
import { OverpunchError } from '../../errors.ts';
import { placesIn } from '../../yaml/places-in.ts';
import { readYaml } from '../../yaml/read-yaml.ts';
import { nodeAt, offsetOf, plainValue, valueOffsetOf, type YamlNode, type YamlPath } from '../../yaml/yaml-node.ts';
import { CatalogError, type CatalogProblem } from './catalog-error.ts';
import { catalogSchema } from './catalog-schema.ts';
import type { CatalogSettings } from './catalog-settings.ts';
import { type Places, schemaProblem } from './schema-problem.ts';

const maximumLength = 4 * 1024 * 1024; // bytes: tens of thousands of types

/** A catalog as its file says it, and where. */
export interface CatalogSource extends Places {
  readonly file: string;
  readonly settings: CatalogSettings;
  /** Names of the members of a mapping in the order of the file, which objects do not keep. */
  membersOf(path: YamlPath): readonly string[];
}

/**
 * Read a catalog file and check its form.
 *
 * Throws a CatalogError with everything that is wrong with it (CATALOG_SYNTAX, CATALOG_SCHEMA), IO for a file that cannot be read.
 */
export function readCatalogSource(file: string): CatalogSource {
  const text = readText(file);
  const placeAt = placesIn(text);
  const positionAt = (offset: number): SourcePosition => ({ file, ...placeAt(offset) });
  const { root, mistake } = readYaml(text);
  if (root === null) {
    const { offset, message } = mistake ?? { offset: 0, message: 'the file is empty' };
    throw new CatalogError([syntaxProblem(positionAt(offset), message)]);
  }
  const forbidden = membersNamedProto(root);
  if (forbidden.length > 0) {
    throw new CatalogError(forbidden.map((offset) => syntaxProblem(positionAt(offset), '__proto__ is no name')));
  }
  const value = plainValue(root);
  const parsed = catalogSchema.safeParse(value, { jitless: true }); // read once: code made for it would cost more
  const source = {
    file,
    positionOf: (path: YamlPath) => positionAt(offsetOf(root, path)),
    valuePositionOf: (path: YamlPath) => positionAt(valueOffsetOf(root, path)),
    membersOf(path: YamlPath) {
      const node = nodeAt(root, path);
      return node?.kind === 'map' ? node.entries.map(({ key }) => key) : [];
    },
  };
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => schemaProblem(issue, value, source));
    throw new CatalogError(problems.sort(byPlace));
  }
  return { ...source, settings: parsed.data };
}

function readText(file: string): string {
  let bytes: Uint8Array | null;
  try {
    bytes = readBounded(file, maximumLength);
  } catch (error) {
    throw new OverpunchError('IO', `the catalog ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const position = { file, line: 1, column: 1, lineText: '' };
  if (bytes === null) throw new CatalogError([syntaxProblem(position, 'the file is larger than 4 MiB')]);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CatalogError([syntaxProblem(position, 'the file is no text in UTF-8')]);
  }
}

function syntaxProblem(position: SourcePosition, message: string): CatalogProblem {
  return {
    code: 'CATALOG_SYNTAX',
    severity: 'error',
    position,
    message,
    expected: 'YAML as docs/catalog.md describes it',
    hint: 'check the indentation and the quotation marks here and on the line above',
  };
}

function byPlace({ position: one }: CatalogProblem, { position: other }: CatalogProblem): number {
  return one.line - other.line || one.column - other.column;
}

function membersNamedProto(node: YamlNode): readonly number[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(membersNamedProto);
  return node.entries.flatMap(({ key, keyOffset, value }) =>
    key === '__proto__' ? [keyOffset] : membersNamedProto(value),
  );
}
