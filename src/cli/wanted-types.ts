import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { type Catalog, type FrameRole, type FrameType, frameRoles } from '../frames/catalog/catalog.ts';
import type { FrameHead } from '../frames/catalog/frame-reading.ts';
import { createHeaderReader } from '../frames/header/create-header-reader.ts';
import { catalogName } from '../pipeline/bundled-catalog.ts';
import type { CatalogOptions } from './catalog-options.ts';
import { didYouMean } from './suggest.ts';

/** The types that `--type` and `--role` ask for. */
export interface WantedTypes {
  readonly types: readonly FrameType[];
  /** Whether a frame is one of them; `null` when all frames are wanted. */
  readonly fits: ((head: FrameHead | null) => boolean) | null;
  /** The same by its header alone. */
  readonly mayFit: ((bytes: Uint8Array) => boolean) | null;
}

/** Find the types asked for. Throws USAGE for one that the catalog does not have, and when none is left. */
export function wantedTypes(catalog: Catalog, { type, role }: CatalogOptions): WantedTypes {
  const names = type?.flatMap((list) => list.split(',')).map((name) => name.trim());
  const named = names === undefined ? catalog.types : [...new Set(names.map((name) => typeOf(catalog, name)))];
  const types = role === undefined ? named : named.filter((one) => one.role === role);
  if (types.length === 0) throw new OverpunchError('USAGE', `no type that is asked for is a ${role}`);
  if (type === undefined && role === undefined) return { types, fits: null, mayFit: null };
  const indexes = new Set(types.map(({ index }) => index));
  const view = createHeaderReader(catalog);
  const untyped = (found: FrameRole | null): boolean => type === undefined && found === role;
  return {
    types,
    fits: (head) => head !== null && (head.type === null ? untyped(head.role) : indexes.has(head.type.index)),
    mayFit(bytes) {
      if (!view.at(bytes, 0)) return false;
      return view.type < 0 ? untyped(frameRoles[view.direction] ?? null) : indexes.has(view.type);
    },
  };
}

/** Find a type by its name. Throws USAGE, with the name that may have been meant. */
export function typeOf(catalog: Catalog, name: string): FrameType {
  const found = catalog.typeNamed(name);
  if (found !== undefined) return found;
  const names = catalog.types.map((one) => one.name);
  throw new OverpunchError('USAGE', `the catalog has no type ${printable(name)}${didYouMean(name, names)}`, {
    hint: `overpunch catalog list ${printable(catalogName(catalog.file))} shows its types`,
  });
}
