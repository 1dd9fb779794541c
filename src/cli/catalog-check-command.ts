import { formatDiagnostic } from '../copybook/copybook-error.ts';
import { checkCatalog } from '../frames/catalog/check-catalog.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import { openCatalog } from './open-catalog.ts';
import { standardOutput } from './output-target.ts';

/** `overpunch catalog check CATALOG`: everything that is wrong with it, its copybooks too. */
export const catalogCheckCommand: Command<object> = {
  name: 'catalog check',
  summary:
    'Check a catalog with all its copybooks: unknown fields, types that no frame can be of, pairs that do not fit.',
  operand: { name: 'catalog', many: false, summary: 'a catalog file' },
  examples: [['overpunch catalog check catalog.yaml', 'every problem with its line; exit status 3 when there is one']],
  options: {},
  async run([file = ''], { allowOutside, quiet }) {
    const catalog = await openCatalog(file, allowOutside);
    const problems = checkCatalog(catalog);
    const wrong = problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
    for (const problem of quiet === true ? wrong : problems) process.stderr.write(`${formatDiagnostic(problem)}\n`);
    if (wrong.length > 0) return 3;
    const output = new BatchedWriter(standardOutput());
    const { protocol, types } = catalog;
    output.add(`${protocol}: ${types.length} ${types.length === 1 ? 'type' : 'types'} of frames, nothing is wrong\n`);
    await output.commit();
    return 0;
  },
};
