import type { Catalog } from '../frames/catalog/catalog.ts';
import { BatchedWriter } from './batched-writer.ts';
import { type ShownCatalogOptions, shownCatalogOptions } from './catalog-command-options.ts';
import type { Command } from './command.ts';
import { compressionText } from './compression-text.ts';
import { openCatalog } from './open-catalog.ts';
import { standardOutput } from './output-target.ts';
import { textTable } from './text-table.ts';

/** `overpunch catalog list CATALOG`: its types of frames. */
export const catalogListCommand: Command<ShownCatalogOptions> = {
  name: 'catalog list',
  summary: 'List the types of frames of a catalog.',
  operand: { name: 'catalog', many: false, summary: 'a catalog file' },
  examples: [
    ['overpunch catalog list catalog.yaml', 'a table of its types'],
    ['overpunch catalog list catalog.yaml --json', 'the same as JSON'],
  ],
  options: shownCatalogOptions,
  async run([file = ''], { json, allowOutside }) {
    const catalog = await openCatalog(file, allowOutside);
    const output = new BatchedWriter(standardOutput());
    output.add(json === true ? `${JSON.stringify(listJson(catalog), null, 2)}\n` : listTable(catalog));
    await output.commit();
    return 0;
  },
};

function listTable(catalog: Catalog): string {
  const { types, header } = catalog;
  const rows = types.map(({ name, role, pairsWith, compression, copybook, title }) => {
    return [name, role, pairsWith ?? '', compressionText(compression, header), copybook, title];
  });
  return textTable(['TYPE', 'ROLE', 'PAIRS WITH', 'COMPRESSION', 'COPYBOOK', 'TITLE'], rows);
}

function listJson({ protocol, description, types }: Catalog): object {
  return {
    protocol,
    description,
    types: types.map(({ name, title, role, pairsWith, compression, copybook }) => {
      return { name, title, role, pairsWith, compression: compression?.scheme ?? null, copybook };
    }),
  };
}
