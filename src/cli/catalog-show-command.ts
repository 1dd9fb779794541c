import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import { type ShownCatalogOptions, shownCatalogOptions } from './catalog-command-options.ts';
import type { Command } from './command.ts';
import { frameTypeJson, frameTypeText } from './frame-type-text.ts';
import { openCatalog } from './open-catalog.ts';
import { standardOutput } from './output-target.ts';
import { typeOf } from './wanted-types.ts';

/** `overpunch catalog show CATALOG TYPE`: all there is to know of a type. */
export const catalogShowCommand: Command<ShownCatalogOptions> = {
  name: 'catalog show',
  summary: 'Show a type of frame: what the catalog says of it, and where its fields lie behind the header.',
  operand: { name: 'catalog type', many: true, two: true, summary: 'a catalog file and the name of a type' },
  examples: [
    ['overpunch catalog show catalog.yaml T031', 'role, pair, compression, views, events, and the layout'],
    ['overpunch catalog show catalog.yaml T031 --json', 'the same as JSON'],
  ],
  options: shownCatalogOptions,
  async run(operands, { json, allowOutside }) {
    const [file, name] = operands;
    if (file === undefined || name === undefined || operands.length > 2) {
      throw new OverpunchError('USAGE', 'catalog show takes a catalog file and the name of a type', {
        hint: 'overpunch catalog list CATALOG shows its types',
      });
    }
    const catalog = await openCatalog(file, allowOutside);
    const type = typeOf(catalog, name);
    const output = new BatchedWriter(standardOutput());
    output.add(
      json === true ? `${JSON.stringify(frameTypeJson(type, catalog), null, 2)}\n` : frameTypeText(type, catalog),
    );
    await output.commit();
    return 0;
  },
};
