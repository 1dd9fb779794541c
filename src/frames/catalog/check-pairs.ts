import { nearNames } from '../../copybook/near-names.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog, FrameType } from './catalog.ts';
import type { CatalogOrigin } from './catalog-origin.ts';

/** Find the requests and responses that do not pair with each other. */
export function checkPairs(
  catalog: Catalog,
  { source }: CatalogOrigin,
): ReadonlyMap<FrameType, readonly SettingsProblem[]> {
  const names = catalog.types.map(({ name }) => name);
  const found = new Map<FrameType, readonly SettingsProblem[]>();
  for (const type of catalog.types) {
    const path = ['types', type.name, 'pairsWith'];
    const say = (severity: 'error' | 'warning', message: string, expected: string, hint?: string): void => {
      const position = source.valuePositionOf(path);
      found.set(type, [{ code: 'CATALOG_PAIR', severity, position, message, expected, hint }]);
    };
    const partner = partnerRole(type);
    if (type.pairsWith === null) {
      if (partner !== null)
        say('warning', `the ${type.role} ${type.name} pairs with nothing`, `pairsWith: a ${partner}`);
      continue;
    }
    const other = catalog.typeNamed(type.pairsWith);
    if (partner === null) {
      say('error', `${type.name} is a notice, which pairs with nothing`, 'no pairsWith', 'or is its role another?');
    } else if (other === undefined) {
      const near = nearNames(type.pairsWith, names);
      const hint = near.length === 0 ? undefined : `did you mean ${near.join(' or ')}?`;
      say('error', `there is no type ${type.pairsWith}`, `a ${partner} of the catalog`, hint);
    } else if (other.role !== partner) {
      say('error', `${type.name} and ${other.name} are a ${type.role} and a ${other.role}`, `a ${partner}`);
    } else if (other.pairsWith === null || catalog.typeNamed(other.pairsWith) !== type) {
      const back = other.pairsWith === null ? 'with nothing' : `with ${other.pairsWith}`;
      say('error', `${type.name} pairs with ${other.name}, which pairs ${back}`, 'two types that name each other');
    }
  }
  return found;
}

function partnerRole({ role }: FrameType): 'request' | 'response' | null {
  if (role === 'notice') return null;
  return role === 'request' ? 'response' : 'request';
}
