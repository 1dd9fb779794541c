import { OverpunchError } from '../errors.ts';
import { type FrameRole, frameRoles } from '../frames/catalog/catalog.ts';
import { type DecodingOptions, decodingOptions, type OptionTable } from './decoding-options.ts';
import { choice, list, text } from './option-definition.ts';
import { optionName } from './option-name.ts';

/** Which catalog describes the frames, and which of its types are wanted. */
export interface CatalogOptions {
  readonly catalog?: string;
  readonly type?: readonly string[];
  readonly role?: FrameRole;
}

/** A definition for each of them. */
export const catalogOptions: OptionTable<CatalogOptions> = {
  catalog: text(
    'Catalog',
    'FILE',
    'catalog.yaml that describes the header and the types of frames; overpunch:itc comes with the package',
    { path: true },
  ),
  type: list('Which records', 'TYPE', 'with --catalog: only frames of these types, separated by commas'),
  role: choice('Which records', frameRoles, 'with --catalog: only frames of this role'),
};

const catalogFormats = ['capture', 'frames', 'rdw', 'bdw', 'quarantine'] as const;
const copybookFormats = ['fixed', 'rdw', 'bdw', 'text', 'quarantine'] as const;
/** How the frames of a catalog lie in a file. */
export type CatalogFormat = (typeof catalogFormats)[number];
/** How the records of a copybook do. */
export type CopybookFormat = (typeof copybookFormats)[number];

/** `--format` of commands that take a catalog too. */
export const formatWithCatalog: OptionTable<{ readonly format?: CatalogFormat | CopybookFormat }>['format'] = choice(
  'Framing',
  [...copybookFormats, 'capture', 'frames'],
  'how records lie in the file; frames of a catalog in captures or back to back',
  { standard: 'fixed; capture with --catalog' },
);

/** What a catalog says itself, but for how values are shown. */
const saidByCatalog = new Set(['Copybook', 'Records and views', 'What bytes mean']);
const shownAnyway: ReadonlySet<string> = new Set(['views', 'zoned', 'blank', 'edited']);
const onlyFixed = ['recfm', 'lrecl', 'recordLength'] as const;

/** Options of a command that takes both, with any format. */
export type EitherOptions = Omit<DecodingOptions, 'format'> &
  CatalogOptions & { readonly format?: CatalogFormat | CopybookFormat };

/** Refuse options of copybooks beside `--catalog`, and give its format. Throws USAGE. */
export function catalogFormat(options: EitherOptions): CatalogFormat {
  for (const [member, { group }] of Object.entries(decodingOptions)) {
    if (!saidByCatalog.has(group) || shownAnyway.has(member)) continue;
    if (options[member as keyof DecodingOptions] === undefined) continue;
    throw new OverpunchError('USAGE', `--${optionName(member)} and --catalog are both given`, {
      hint: 'the catalog says what copybooks, views and bytes are: see its types and decoding',
    });
  }
  const length = onlyFixed.find((member) => options[member] !== undefined);
  if (length !== undefined) {
    throw new OverpunchError('USAGE', `--${optionName(length)} and --catalog are both given`, {
      hint: 'the header of a frame says how long it is',
    });
  }
  const format = options.format ?? 'capture';
  if (isCatalogFormat(format)) return format;
  throw new OverpunchError('USAGE', `--format ${format} does not go with --catalog`, {
    hint: `frames lie in files as one of ${catalogFormats.join(', ')}`,
  });
}

/** Refuse options of catalogs without `--catalog`. Throws USAGE. */
export function withoutCatalog(options: EitherOptions): DecodingOptions {
  const { catalog: _, type, role, format, ...rest } = options;
  const hint = 'give --catalog FILE, which describes the types of frames';
  if (type !== undefined) throw new OverpunchError('USAGE', '--type goes with --catalog', { hint });
  if (role !== undefined) throw new OverpunchError('USAGE', '--role goes with --catalog', { hint });
  if (format === undefined) return rest;
  if (isCopybookFormat(format)) return { ...rest, format };
  throw new OverpunchError('USAGE', `--format ${format} goes with --catalog`, { hint });
}

function isCatalogFormat(format: string): format is CatalogFormat {
  return (catalogFormats as readonly string[]).includes(format);
}

function isCopybookFormat(format: string): format is CopybookFormat {
  return (copybookFormats as readonly string[]).includes(format);
}
