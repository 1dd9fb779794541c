import { matchItems } from '../../copybook/find-item.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { nearNames } from '../../copybook/near-names.ts';
import type { SourcePosition } from '../../copybook/source-position.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';

const shown = 8; // names in a message: more do not help to choose

/** Find the one field of a record that a catalog names at a position; a problem (CATALOG_FIELD) when there is none, or more. */
export function fieldNamed(
  record: RecordLayout,
  name: string,
  position: SourcePosition,
  where: string,
): LayoutItem | SettingsProblem {
  const found = matchItems(record, name);
  const [item] = found;
  if (item !== undefined && found.length === 1) return item;
  if (found.length > 1) {
    const paths = found.slice(0, shown).map(({ path }) => path);
    return fieldProblem(
      `${name} may be ${paths.join(', ')}`,
      'the name of one field',
      position,
      'qualify it: GROUP.NAME',
    );
  }
  const names = record.items.flatMap((one) => (one === record.root ? [] : (one.name ?? [])));
  const near = nearNames(name, names);
  const some = names.slice(0, shown).join(', ') + (names.length > shown ? ', …' : '');
  const hint = near.length === 0 ? `there are ${some}` : `did you mean ${near.join(' or ')}?`;
  return fieldProblem(`${where} has no field ${name}`, `a field of ${record.name}`, position, hint);
}

/** Whether what was found is a problem. */
export function isProblem<Found extends object>(found: Found | SettingsProblem): found is SettingsProblem {
  return 'code' in found;
}

/** A problem with a field that a catalog names. */
export function fieldProblem(
  message: string,
  expected: string,
  position: SourcePosition,
  hint?: string,
): SettingsProblem {
  return { code: 'CATALOG_FIELD', severity: 'error', position, message, expected, hint };
}
