import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog, FrameType } from './catalog.ts';
import type { CatalogOrigin } from './catalog-origin.ts';
import { compileMapping } from './compile-mapping.ts';
import { eventForms, type MappingForm } from './event-forms.ts';
import { type EventScope, eventScope } from './event-scope.ts';
import { problemsOf } from './read-copybook.ts';

/** Check the fields and conditions of the events of all types, and whether events of one name go together. */
export function checkEvents(
  catalog: Catalog,
  { source }: CatalogOrigin,
): ReadonlyMap<FrameType, readonly SettingsProblem[]> {
  const problems = new Map<FrameType, SettingsProblem[]>();
  const mappings: MappingForm[] = [];
  for (const type of catalog.types) {
    const scope = type.events.length === 0 ? null : scopeOf(type, catalog);
    if (scope === null) continue;
    const own: SettingsProblem[] = [];
    for (const [index, mapping] of type.events.entries()) {
      const found = compileMapping(mapping, index, scope, source);
      if ('event' in found) mappings.push({ type, index, form: found.form });
      else own.push(...found);
    }
    problems.set(type, own);
  }
  for (const { type, problem } of eventForms(mappings, source).problems) problems.get(type)?.push(problem);
  return problems;
}

/** `null` when a copybook is wrong: that is said of its type. */
function scopeOf(type: FrameType, catalog: Catalog): EventScope | null {
  try {
    return eventScope(type, catalog);
  } catch (error) {
    problemsOf(error);
    return null;
  }
}
