import { printable } from '../../bytes/printable.ts';
import { resolveCodePage, similarCodePages } from '../../ebcdic/resolve-code-page.ts';
import { SettingsError, type SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog, CatalogHeader, Compression } from './catalog.ts';
import { nameProblems, sameName } from './catalog-names.ts';
import { catalogOrigins } from './catalog-origin.ts';
import { type CatalogSource, readCatalogSource } from './catalog-source.ts';
import { discriminatorValues } from './discriminator-values.ts';
import { frameType, type LazyFrameType } from './frame-type.ts';
import { copybookReader, pathsOf, problemsOf } from './read-copybook.ts';
import { resolveCompression } from './resolve-compression.ts';
import { resolveHeader } from './resolve-header.ts';

/** How a catalog is loaded. */
export interface LoadCatalogOptions {
  /** Files it names may lie outside of its folder. Default: that is an error (CATALOG_PATH). */
  readonly allowOutside?: boolean | undefined;
}

/**
 * Load a catalog. Of the copybooks only the header's is read; a type's is read when its codec is first asked for.
 *
 * Throws a SettingsError with everything that is wrong, each with its place, and IO for a file that cannot be read.
 */
export function loadCatalog(file: string, options: LoadCatalogOptions = {}): Catalog {
  const source = readCatalogSource(file);
  const { settings } = source;
  const problems: SettingsProblem[] = [...codePageProblems(source)];
  const paths = pathsOf(file, options.allowOutside ?? false);
  const folders: string[] = [];
  for (const [index, path] of (settings.include ?? []).entries()) {
    const outside = paths.problem(path, true, () => source.valuePositionOf(['include', index]));
    if (outside === null) folders.push(paths.locate(path));
    else problems.push(outside);
  }
  const members = new Set<string>();
  const read = copybookReader(folders, settings.decoding ?? {}, (member) => members.add(member));
  let header: CatalogHeader | null = null;
  if (problems.length === 0) {
    try {
      header = resolveHeader(source, paths, read);
    } catch (error) {
      problems.push(...problemsOf(error));
    }
  }
  const types: LazyFrameType[] = [];
  const byName = new Map<string, LazyFrameType>();
  const names = new Set<string>();
  for (const name of source.membersOf(['types'])) {
    const type = settings.types[name];
    if (type === undefined) continue;
    const path = ['types', name];
    problems.push(...nameProblems(name, type, source));
    if (names.has(name.toUpperCase())) problems.push(sameName(name, source));
    names.add(name.toUpperCase());
    const outside = paths.problem(type.copybook, false, () => source.valuePositionOf([...path, 'copybook']));
    if (outside !== null) problems.push(outside);
    if (header === null || outside !== null) continue;
    const when = discriminatorValues(name, type, header, source, problems);
    const compression: Compression | null =
      type.compression === undefined ? null : resolveCompression(type.compression, name, header, source, problems);
    const parts = { index: types.length, name, file: paths.locate(type.copybook), when, compression };
    const made = frameType(parts, type, header, source, paths, read);
    types.push(made);
    byName.set(name.toUpperCase(), made);
  }
  if (problems.length > 0 || header === null) throw new SettingsError(problems);
  const { correlation } = settings;
  const catalog: Catalog = {
    file,
    protocol: settings.protocol,
    description: settings.description ?? '',
    header,
    types,
    correlation: {
      before: correlation?.before ?? 200,
      after: correlation?.after ?? 2000,
      grace: correlation?.grace ?? 500,
      disorder: correlation?.disorder ?? 300,
      maxFuture: correlation?.maxFuture ?? 3_600_000,
    },
    typeNamed: (name) => byName.get(name.toUpperCase()),
    files() {
      const copybooks = [paths.locate(settings.header.copybook), ...types.map(({ copybook }) => copybook)];
      return [...new Set([file, ...copybooks, ...members])];
    },
  };
  catalogOrigins.set(catalog, { source, types });
  return catalog;
}

function codePageProblems({ settings, valuePositionOf }: CatalogSource): readonly SettingsProblem[] {
  const name = settings.decoding?.codepage;
  if (name === undefined || resolveCodePage(name) !== null) return [];
  const near = similarCodePages(name);
  return [
    {
      code: 'CATALOG_SCHEMA',
      severity: 'error',
      position: valuePositionOf(['decoding', 'codepage']),
      message: `no code page is named ${printable(name)}`,
      expected: 'the name of a code page, such as cp037 or IBM1147',
      hint: near.length === 0 ? undefined : `did you mean ${near.join(' or ')}?`,
    },
  ];
}
