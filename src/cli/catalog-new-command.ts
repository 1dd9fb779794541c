import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { draftCatalog } from '../frames/catalog/draft-catalog.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import { type DecodingOptions, decodingOptions, type OptionTable } from './decoding-options.ts';
import { inputFile } from './input-file.ts';
import { text } from './option-definition.ts';
import { outputFile, standardOutput } from './output-target.ts';

/** What `catalog new` can be told. */
export interface CatalogNewOptions extends Pick<DecodingOptions, 'output' | 'codepage' | 'dialect' | 'sourceFormat'> {
  readonly copybooks?: string;
  readonly header?: string;
  readonly protocol?: string;
}

const { output, codepage, dialect, sourceFormat } = decodingOptions;
const options: OptionTable<CatalogNewOptions> = {
  copybooks: text('Catalog', 'DIR', 'folder with a copybook for the body of each type of frame', { path: true }),
  header: text('Catalog', 'FILE', 'copybook of the header of all frames', { path: true }),
  protocol: text('Catalog', 'NAME', 'name of the protocol', { standard: 'that of the folder' }),
  sourceFormat,
  codepage,
  dialect,
  output,
};

/** `overpunch catalog new --copybooks DIR --header FILE`: a first catalog, to be looked through. */
export const catalogNewCommand: Command<CatalogNewOptions> = {
  name: 'catalog new',
  summary:
    'Draft a catalog from a folder of copybooks: what is guessed is marked, what nothing tells is left to fill in.',
  operand: null,
  examples: [
    [
      'overpunch catalog new --copybooks copybooks --header HEADER.cpy -o catalog.yaml',
      'a draft, beside the copybooks',
    ],
  ],
  options,
  async run(_operands, given) {
    const { copybooks, header, protocol, output: file } = given;
    if (copybooks === undefined) throw new OverpunchError('USAGE', 'catalog new needs --copybooks DIR');
    if (header === undefined) throw new OverpunchError('USAGE', 'catalog new needs --header FILE');
    await inputFile(header);
    if (file !== undefined) await refuseExisting(file);
    const draft = draftCatalog({
      copybooks,
      header,
      protocol,
      into: file === undefined ? undefined : dirname(file),
      decoding: {
        ...(given.codepage === undefined ? {} : { codepage: given.codepage }),
        ...(given.dialect === undefined ? {} : { dialect: given.dialect }),
        ...(given.sourceFormat === undefined ? {} : { sourceFormat: given.sourceFormat }),
      },
    });
    const writer = new BatchedWriter(file === undefined ? standardOutput() : await outputFile(file));
    writer.add(draft);
    await writer.commit();
    return 0;
  },
};

/** A catalog is edited by hand: a draft never takes the place of one. */
async function refuseExisting(file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there?.isFile() !== true) return;
  throw new OverpunchError('USAGE', `${printable(file)} is there already`, {
    hint: 'write the draft to another file, and compare the two',
  });
}
