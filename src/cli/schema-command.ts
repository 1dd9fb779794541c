import { OverpunchError } from '../errors.ts';
import { avroSchema } from '../schema/avro-schema.ts';
import { jsonSchema } from '../schema/json-schema.ts';
import { recordCodecs } from '../schema/record-codecs.ts';
import { BatchedWriter } from './batched-writer.ts';
import { codecOptions } from './codec-of-options.ts';
import type { Command } from './command.ts';
import type { OptionTable } from './decoding-options.ts';
import { loadLayout } from './load-layout.ts';
import { choice } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { type ShapeOptions, shapeOptions } from './shape-options.ts';
import { type DescribedOptions, describedOptions } from './types-command.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** What `schema` can be told. */
export interface SchemaOptions extends ShapeOptions, DescribedOptions {
  readonly to?: 'json-schema' | 'avro';
}

const options: OptionTable<SchemaOptions> = {
  ...shapeOptions,
  ...describedOptions,
  to: choice('Output', ['json-schema', 'avro'], 'JSON Schema (draft 2020-12) or Avro'),
};

/** `overpunch schema COPYBOOK --to json-schema|avro`: what `decode` writes, as a schema. */
export const schemaCommand: Command<SchemaOptions> = {
  name: 'schema',
  summary: 'Write a JSON Schema or an Avro schema of what decode gives under the same options.',
  operand: { name: 'copybook', many: true, summary: 'one or more copybooks' },
  examples: [
    ['overpunch schema CUSTOMER.cpy --to json-schema', 'closed objects, with the bounds that every value keeps'],
    ['overpunch schema CUSTOMER.cpy --to avro > customer.avsc', 'decimals as the logical type decimal'],
  ],
  options,
  async run(operands, { to, good, whole, quiet, ...rest }) {
    if (to === undefined) throw new OverpunchError('USAGE', 'schema needs --to json-schema or --to avro');
    const warn = unlessQuiet({ quiet });
    const codecs = recordCodecs(loadLayout(operands, rest, warn), codecOptions(rest));
    const schema = to === 'avro' ? avroSchema(codecs, { good, whole }) : jsonSchema(codecs, { good, whole });
    const output = new BatchedWriter(standardOutput());
    output.add(`${JSON.stringify(schema, null, 2)}\n`);
    await output.commit();
    return 0;
  },
};
