import type { Places } from '../../settings/schema-problem.ts';
import { readSettingsFile, type SettingsKind, yamlHint } from '../../settings/settings-file.ts';
import { nodeAt, type YamlPath } from '../../yaml/yaml-node.ts';
import { catalogSchema } from './catalog-schema.ts';
import type { CatalogSettings } from './catalog-settings.ts';

const kind: SettingsKind = {
  name: 'catalog',
  code: 'CATALOG_SYNTAX',
  schemaCode: 'CATALOG_SCHEMA',
  expected: 'YAML as docs/catalog.md describes it',
  most: 4, // tens of thousands of types
  textHint: yamlHint,
};

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
 * Throws a SettingsError with everything that is wrong with it (CATALOG_SYNTAX, CATALOG_SCHEMA), IO for a file that cannot be read.
 */
export function readCatalogSource(file: string): CatalogSource {
  const { root, ...source } = readSettingsFile(file, kind, catalogSchema);
  return {
    ...source,
    file,
    membersOf(path: YamlPath) {
      const node = nodeAt(root, path);
      return node?.kind === 'map' ? node.entries.map(({ key }) => key) : [];
    },
  };
}
