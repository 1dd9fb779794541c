import { dirname, normalize, resolve } from 'node:path';
import type { Layout } from '../../copybook/layout.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogOrigin } from './catalog-origin.ts';
import { copybooksIn } from './copybooks-in.ts';
import type { LazyFrameType } from './frame-type.ts';
import { problemsOf } from './read-copybook.ts';

/** Find the copybooks beside those of the types that no type uses, by itself or with COPY. */
export function unusedCopybooks({ header, types }: Catalog, origin: CatalogOrigin): readonly SettingsProblem[] {
  const used = new Set<string>(header.record.items.map(({ position }) => resolve(position.file)));
  for (const type of origin.types) {
    used.add(resolve(type.copybook));
    for (const file of filesOf(type)) used.add(resolve(file));
  }
  const folders = new Map(types.map(({ copybook }) => [resolve(dirname(copybook)), normalize(dirname(copybook))]));
  const position = origin.source.positionOf(['types']);
  return [...folders.values()].sort().flatMap((folder) =>
    listed(folder)
      .filter((file) => !used.has(resolve(file)))
      .map((file) => ({
        code: 'CATALOG_UNUSED' as const,
        severity: 'note' as const,
        position,
        message: `no type uses the copybook ${file}`,
        hint: 'add a type for it, or move it elsewhere',
      })),
  );
}

/** The files a type's layout was made from. A fragment's own group has no place in a file. */
function filesOf(type: LazyFrameType): readonly string[] {
  let layout: Layout;
  try {
    layout = type.layout();
  } catch (error) {
    problemsOf(error);
    return [];
  }
  return [...new Set(layout.records.flatMap(({ items }) => items.map(({ position }) => position.file)))];
}

function listed(folder: string): readonly string[] {
  try {
    return copybooksIn(folder);
  } catch {
    return []; // that the folder is missing is said of the types in it
  }
}
