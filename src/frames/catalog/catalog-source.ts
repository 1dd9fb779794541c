import { nodeAt, type YamlPath } from '../../yaml/yaml-node.ts';
import { byPlace } from './by-place.ts';
import { CatalogError } from './catalog-error.ts';
import { catalogSchema } from './catalog-schema.ts';
import type { CatalogSettings } from './catalog-settings.ts';
import { type Places, schemaProblem } from './schema-problem.ts';
import { readSettingsFile, type SettingsKind, yamlHint } from './settings-file.ts';

const kind: SettingsKind = {
  name: 'catalog',
  code: 'CATALOG_SYNTAX',
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
 * Throws a CatalogError with everything that is wrong with it (CATALOG_SYNTAX, CATALOG_SCHEMA), IO for a file that cannot be read.
 */
export function readCatalogSource(file: string): CatalogSource {
  const { root, value, ...places } = readSettingsFile(file, kind);
  const parsed = catalogSchema.safeParse(value, { jitless: true }); // read once: code made for it would cost more
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => schemaProblem(issue, value, places));
    throw new CatalogError(problems.sort(byPlace));
  }
  return {
    ...places,
    file,
    settings: parsed.data,
    membersOf(path: YamlPath) {
      const node = nodeAt(root, path);
      return node?.kind === 'map' ? node.entries.map(({ key }) => key) : [];
    },
  };
}
