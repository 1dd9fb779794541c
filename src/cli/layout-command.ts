import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import { type DecodingOptions, decodingOptions, type OptionTable } from './decoding-options.ts';
import { layoutJson } from './layout-json.ts';
import { layoutTable } from './layout-table.ts';
import { type LayoutOptions, loadLayout } from './load-layout.ts';
import { flag } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** What `layout` can be told. */
export interface LayoutCommandOptions extends LayoutOptions {
  readonly json?: boolean;
  readonly plan?: boolean;
}

const options: OptionTable<LayoutCommandOptions> = {
  ...layoutDecodingOptions(decodingOptions),
  json: flag('Output', 'print JSON'),
  plan: flag('Output', 'print how the compiled engine decodes each record, with the standard views and values'),
};

/** `overpunch layout COPYBOOK`: where everything in a record lies. */
export const layoutCommand: Command<LayoutCommandOptions> = {
  name: 'layout',
  summary: 'Show where every field of a copybook lies: offset, length, picture, DFSORT position.',
  operand: { name: 'copybook', many: false, summary: 'a copybook, or a program with a DATA DIVISION' },
  examples: [
    ['overpunch layout CUSTOMER.cpy', 'a table of its fields, and the record length with RECFM and LRECL'],
    ['overpunch layout CUSTOMER.cpy -I copylib --json', 'COPY members come from copylib; as JSON'],
    ['overpunch layout CUSTOMER.cpy --dialect gnucobol', 'as GnuCOBOL lays it out'],
  ],
  options,
  async run(operands, { json, plan, quiet, ...rest }) {
    if (json === true && plan === true) throw new OverpunchError('USAGE', '--json and --plan are both given');
    const warn = unlessQuiet({ quiet });
    const layout = loadLayout(operands, rest, warn);
    const output = new BatchedWriter(standardOutput());
    if (plan === true) {
      const { layoutPlan } = await import('./layout-plan.ts');
      output.add(layoutPlan(layout, rest));
      await output.commit();
      return 0;
    }
    output.add(json === true ? `${JSON.stringify(layoutJson(layout), null, 2)}\n` : layoutTable(layout));
    await output.commit();
    return 0;
  },
};

function layoutDecodingOptions(table: OptionTable<DecodingOptions>): OptionTable<LayoutOptions> {
  const { include, sourceFormat, decimalComma, currency, dialect, binarySize, comp5Size } = table;
  const { comp5Order, sync, floats, pointerSize, trunc, asciiSign, odo } = table;
  return {
    include,
    sourceFormat,
    decimalComma,
    currency,
    dialect,
    binarySize,
    comp5Size,
    comp5Order,
    sync,
    floats,
    pointerSize,
    trunc,
    asciiSign,
    odo,
  };
}
