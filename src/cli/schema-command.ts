import { OverpunchError } from '../errors.ts';
import { avroSchema } from '../schema/avro-schema.ts';
import { jsonSchema } from '../schema/json-schema.ts';
import { recordCodecs } from '../schema/record-codecs.ts';
import { BatchedWriter } from './batched-writer.ts';
import { codecOptions } from './codec-of-options.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { checkCompatible } from './compatible-schema.ts';
import type { OptionTable } from './decoding-options.ts';
import { loadLayout } from './load-layout.ts';
import { choice, text } from './option-definition.ts';
import { optionName } from './option-name.ts';
import { standardOutput } from './output-target.ts';
import { type ShapeOptions, shapeOptions } from './shape-options.ts';
import { type DescribedOptions, describedOptions } from './types-command.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** What `schema` can be told. */
export interface SchemaOptions extends ShapeOptions, DescribedOptions {
  readonly catalog?: string;
  readonly to?: 'json-schema' | 'avro';
  readonly compatibleWith?: string;
}

const options: OptionTable<SchemaOptions> = {
  ...shapeOptions,
  catalog: text(
    'Catalog',
    'FILE',
    'catalog.yaml of a pipeline, or overpunch:itc: what is asked for is one of its topics',
    {
      path: true,
    },
  ),
  ...describedOptions,
  to: choice('Output', ['json-schema', 'avro'], 'JSON Schema (draft 2020-12) or Avro'),
  compatibleWith: text('Output', 'FILE', 'an older JSON Schema of the same: refuse a change that breaks it', {
    path: true,
  }),
};

/** `overpunch schema COPYBOOK --to json-schema|avro`: what `decode` writes, or with `--catalog` a topic holds, as a schema. */
export const schemaCommand: Command<SchemaOptions> = {
  name: 'schema',
  summary: 'Write a JSON Schema or an Avro schema of what decode gives, or of a topic.',
  operand: { name: 'copybook', many: true, summary: 'one or more copybooks, or with --catalog a topic' },
  examples: [
    ['overpunch schema CUSTOMER.cpy --to json-schema', 'closed objects, with the bounds that every value keeps'],
    ['overpunch schema CUSTOMER.cpy --to avro > customer.avsc', 'decimals as the logical type decimal'],
    ['overpunch schema bets --catalog catalog.yaml --to avro', 'the records of the topic bets'],
    [
      'overpunch schema bets --catalog catalog.yaml --to json-schema --compatible-with bets.json',
      'exit status 3 when readers or old records would break',
    ],
  ],
  options,
  async run(operands, given) {
    const { to, compatibleWith, quiet } = given;
    if (to === undefined) throw new OverpunchError('USAGE', 'schema needs --to json-schema or --to avro');
    const schemas = await schemasOf(operands, given);
    if (compatibleWith !== undefined) {
      checkCompatible(operands.join(', '), compatibleWith, schemas.json(), unlessQuiet({ quiet }));
    }
    const output = new BatchedWriter(standardOutput());
    output.add(`${JSON.stringify(to === 'avro' ? schemas.avro() : schemas.json(), null, 2)}\n`);
    await output.commit();
    return 0;
  },
};

type Schemas = {
  readonly json: () => ReturnType<typeof jsonSchema>;
  readonly avro: () => ReturnType<typeof avroSchema>;
};

async function schemasOf(operands: readonly string[], given: SchemaOptions & CommonOptions): Promise<Schemas> {
  const { catalog, to: _to, compatibleWith: _old, allowOutside, good, whole, quiet, ...rest } = given;
  if (catalog !== undefined) {
    refuseShape(given);
    const { topicSchema } = await import('./topic-schema.ts');
    return topicSchema(catalog, operands, allowOutside);
  }
  const codecs = recordCodecs(loadLayout(operands, rest, unlessQuiet({ quiet })), codecOptions(rest));
  const described = { good, whole };
  return { json: () => jsonSchema(codecs, described), avro: () => avroSchema(codecs, described) };
}

function refuseShape(given: ShapeOptions & DescribedOptions): void {
  const shapes = Object.keys({ ...shapeOptions, ...describedOptions }) as (keyof typeof given)[];
  const other = shapes.find((member) => given[member] !== undefined);
  if (other === undefined) return;
  throw new OverpunchError('USAGE', `--${optionName(other)} and --catalog are both given`, {
    hint: 'a topic holds what the catalog says: see its types and decoding',
  });
}
