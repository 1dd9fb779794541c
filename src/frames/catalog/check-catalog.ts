import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog } from './catalog.ts';
import { type CatalogOrigin, catalogOrigins } from './catalog-origin.ts';
import { checkDiscriminators } from './check-discriminators.ts';
import { checkEvents } from './check-events.ts';
import { checkFrameType } from './check-frame-type.ts';
import { checkPairs } from './check-pairs.ts';
import { unusedCopybooks } from './unused-copybooks.ts';

/**
 * Find what is wrong with a loaded catalog: every copybook is read, every name looked up.
 *
 * Errors are frames or events that cannot be had; warnings are likely slips, notes mere facts. In the order of the file, copybooks
 * beside it last.
 */
export function checkCatalog(catalog: Catalog): readonly SettingsProblem[] {
  const origin: CatalogOrigin | undefined = catalogOrigins.get(catalog);
  if (origin === undefined) throw new TypeError('not a catalog that loadCatalog gave');
  const discriminators = checkDiscriminators(catalog, origin);
  const pairs = checkPairs(catalog, origin);
  const events = checkEvents(catalog, origin);
  const problems = origin.types.flatMap((type) => [
    ...(discriminators.get(type) ?? []),
    ...(pairs.get(type) ?? []),
    ...checkFrameType(type, catalog, origin),
    ...(events.get(type) ?? []),
  ]);
  return withoutRepeats([...problems, ...unusedCopybooks(catalog, origin)]);
}

/** A mistake in a copybook is found once for each type that uses it. */
function withoutRepeats(problems: readonly SettingsProblem[]): readonly SettingsProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, message, position: { file, line, column } }) => {
    const key = JSON.stringify([code, message, file, line, column]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
