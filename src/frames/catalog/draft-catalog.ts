import { basename, extname, isAbsolute, relative, resolve } from 'node:path';
import { printable } from '../../bytes/printable.ts';
import type { Layout, LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { OverpunchError } from '../../errors.ts';
import type { DecodingSettings } from './catalog-settings.ts';
import { copybooksIn } from './copybooks-in.ts';
import { draftHeader } from './draft-header.ts';
import { type Guess, guessHeaderFields, type HeaderPart } from './guess-header.ts';
import { type GuessedRole, guessRoles } from './guess-roles.ts';
import { copybookReader, problemsOf } from './read-copybook.ts';
import { yamlText } from './yaml-text.ts';

/** What a draft is made from. */
export interface DraftOptions {
  /** The folder with the copybooks of the bodies. */
  readonly copybooks: string;
  /** The copybook of the header. */
  readonly header: string;
  /** The folder the catalog will be in. Default: that of the copybooks. */
  readonly into?: string | undefined;
  /** Default: the name of the folder, in upper case. */
  readonly protocol?: string | undefined;
  readonly decoding?: Pick<DecodingSettings, 'codepage' | 'dialect' | 'sourceFormat'> | undefined;
}

interface DraftType {
  readonly name: string;
  readonly path: string;
  readonly layout: Layout | null;
  /** Why the copybook cannot be used. */
  readonly mistake: string;
}

/**
 * Draft the catalog of a folder of copybooks, to be looked through and corrected: what is a guess is marked as one, what nothing tells
 * stands in comments.
 *
 * The draft loads. The same folder gives the same draft. Throws IO for a folder that cannot be read, what copybooks throw for the
 * header's.
 */
export function draftCatalog(options: DraftOptions): string {
  const into = resolve(options.into ?? options.copybooks);
  const pathOf = (file: string): string => relative(into, resolve(file)).replaceAll('\\', '/');
  const decoding = options.decoding ?? {};
  const read = copybookReader([], decoding);
  const header = readHeader(options.header, read);
  const fields = guessHeaderFields(header);
  const files = listFiles(options.copybooks).filter((file) => resolve(file) !== resolve(options.header));
  const types = withOwnNames(files.map((file) => readType(file, pathOf(file), read)));
  const members = new Set(
    types.flatMap(({ layout, path }) =>
      filesOf(layout)
        .map(pathOf)
        .filter((one) => one !== path),
    ),
  );
  const usable = types.filter(({ layout, path }) => layout !== null && !members.has(path));
  const included = usable.length > 0 && usable.every(({ layout }) => startsWith(layout, header, fields));
  const roles = guessRoles(usable.map(({ name }) => name));
  const lines = [
    '# A draft: look through what is guessed, and through what is commented out.',
    '# overpunch catalog check says what does not fit together.',
    `protocol: ${yamlText(options.protocol ?? basename(resolve(options.copybooks)).toUpperCase())}`,
    'description: to fill in',
    ...decodingLines(decoding),
    '',
    ...outsideLines([options.header, ...files].map(pathOf)),
    ...draftHeader(header, fields, { path: pathOf(options.header), included }),
    '',
    usable.length === 0 ? 'types: {}' : 'types:',
    ...types.flatMap((type) =>
      typeLines(type, roles.get(type.name), members.has(type.path), fields.get('type')?.value),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function readHeader(file: string, read: ReturnType<typeof copybookReader>): RecordLayout {
  const layout = read(file, { file, line: 1, column: 1, lineText: '' });
  const [record] = layout.records;
  if (record === undefined || record.root.type !== null || layout.records.length > 1) {
    throw new OverpunchError('USAGE', `${file} has to describe one group: the header`, {
      hint: 'name the copybook of the header with --header',
    });
  }
  return record;
}

function listFiles(folder: string): readonly string[] {
  try {
    return copybooksIn(folder);
  } catch (error) {
    throw new OverpunchError('IO', `the folder ${folder} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function readType(file: string, path: string, read: ReturnType<typeof copybookReader>): DraftType {
  const name = basename(file, extname(file))
    .replaceAll(/[^A-Za-z0-9_.#@$-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
  const named = { name: name === '' ? 'TYPE' : name.toUpperCase(), path };
  try {
    const layout = read(file, { file, line: 1, column: 1, lineText: '' });
    const groups = layout.records.filter(({ root }) => root.type === null && root.occurs === null);
    const mistake = groups.length === 0 ? 'it describes no group' : '';
    return { ...named, layout: groups.length === 0 ? null : { ...layout, records: groups }, mistake };
  } catch (error) {
    if (error instanceof OverpunchError && error.exitStatus !== 3)
      return { ...named, layout: null, mistake: error.message };
    return { ...named, layout: null, mistake: problemsOf(error)[0]?.message ?? 'it cannot be read' };
  }
}

/** Number the names that another file has taken, whatever its case: a catalog has each once. */
function withOwnNames(types: readonly DraftType[]): readonly DraftType[] {
  const taken = new Set<string>();
  return types.map((type) => {
    let { name } = type;
    for (let number = 2; taken.has(name); number += 1) name = `${type.name.slice(0, 58)}-${number}`;
    if (type.layout !== null) taken.add(name);
    return { ...type, name };
  });
}

function filesOf(layout: Layout | null): readonly string[] {
  return [...new Set((layout?.records ?? []).flatMap(({ items }) => items.map(({ position }) => position.file)))];
}

/** Whether the fields that make a header stand in a body where the header has them. */
function startsWith(
  layout: Layout | null,
  header: RecordLayout,
  fields: ReadonlyMap<HeaderPart, Guess<LayoutItem>>,
): boolean {
  return (layout?.records ?? []).every(({ items, root }) => {
    const has = ({ value }: Guess<LayoutItem>): boolean =>
      items.some(
        ({ name, offset, length }) => name === value.name && offset === value.offset && length === value.length,
      );
    return root.length >= header.root.length && [...fields.values()].every(has);
  });
}

function decodingLines({ codepage, dialect, sourceFormat }: NonNullable<DraftOptions['decoding']>): readonly string[] {
  const given = Object.entries({ dialect, 'source-format': sourceFormat }).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name}: ${yamlText(value)}`],
  );
  const page =
    codepage === undefined
      ? '  codepage: cp037 # guessed: which code page is the text in?'
      : `  codepage: ${yamlText(codepage)}`;
  return ['decoding:', page, ...given];
}

function outsideLines(paths: readonly string[]): readonly string[] {
  const outside = paths.some((path) => path.startsWith('../') || isAbsolute(path));
  return outside ? ['# These copybooks are outside of the folder of the catalog: it wants --allow-outside.'] : [];
}

function typeLines(
  { name, path, layout, mistake }: DraftType,
  guessed: GuessedRole | undefined,
  isMember: boolean,
  typeField: LayoutItem | undefined,
): readonly string[] {
  if (layout === null || isMember || guessed === undefined) {
    const why = isMember ? 'another copybook copies it' : mistake;
    return [`  # ${path} is left out: ${comment(why)}`];
  }
  const { role, pairsWith } = guessed;
  const [first] = layout.records;
  const room = typeField?.length ?? 0;
  const numeric = typeField?.type !== null && typeField?.type.kind !== 'text';
  const fits = numeric ? /^[0-9]+$/.test(name) : name.length <= room;
  const field = typeField?.name ?? 'TYPE';
  return [
    `  ${yamlText(name)}:`,
    `    copybook: ${yamlText(path)}`,
    `    role: ${role.value} # guessed: ${comment(role.why)}`,
    ...(pairsWith === null ? [] : [`    pairsWith: ${yamlText(pairsWith)} # guessed: by its name`]),
    ...(pairsWith === null && role.value !== 'notice'
      ? ['    # to fill in: pairsWith: the type that it goes with']
      : []),
    ...(fits
      ? []
      : [
          `    # to fill in: the value of ${field} in such a frame, which has no room for the name`,
          `    # when: { ${field}: value }`,
        ]),
    ...(layout.records.length > 1
      ? [`    record: ${yamlText(first?.name ?? '')} # guessed: the first of ${layout.records.length}`]
      : []),
  ];
}

/** Text of a file in a comment: one line of it. */
function comment(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ')).slice(0, 160);
}
