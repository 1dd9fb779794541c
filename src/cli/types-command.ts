import { recordCodecs } from '../schema/record-codecs.ts';
import { typeDeclarations } from '../schema/type-declarations.ts';
import { BatchedWriter } from './batched-writer.ts';
import { codecOptions } from './codec-of-options.ts';
import type { Command } from './command.ts';
import type { OptionTable } from './decoding-options.ts';
import { loadLayout } from './load-layout.ts';
import { flag, maybeChoice } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { type ShapeOptions, shapeOptions } from './shape-options.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** Which records a description is about. */
export interface DescribedOptions {
  readonly good?: boolean;
  readonly whole?: boolean;
}

/** What `types` can be told. */
export interface TypesOptions extends ShapeOptions, DescribedOptions {
  readonly tuples?: boolean;
  readonly literals?: 'closed' | 'open';
}

/** A definition for each of the options that choose the records described. */
export const describedOptions: OptionTable<DescribedOptions> = {
  good: flag('Output', 'describe good records only, as decode writes with --strict or --quarantine: null means blank'),
  whole: flag('Output', 'describe records that hold all their fields; under fixed and text it is so anyway'),
};

const options: OptionTable<TypesOptions> = {
  ...shapeOptions,
  ...describedOptions,
  tuples: flag('Output', 'tables of a fixed size as tuples'),
  literals: maybeChoice(
    'Output',
    ['closed', 'open'],
    'fields with level 88 entries as those values; open: or any other',
  ),
};

/** `overpunch types COPYBOOK`: what `decode` gives, as TypeScript. */
export const typesCommand: Command<TypesOptions> = {
  name: 'types',
  summary: 'Write TypeScript declarations of what decode gives under the same options.',
  operand: { name: 'copybook', many: true, summary: 'one or more copybooks' },
  examples: [
    ['overpunch types CUSTOMER.cpy > customer.ts', 'an interface, named after the 01'],
    ['overpunch types CUSTOMER.cpy --names camel --good --blank zero', 'camelCase members, none of them null'],
    ['overpunch types EXPORT.cpy --view REC-TYPE:C=CUSTOMER-DATA --literals', 'level 88 values as string unions'],
  ],
  options,
  async run(operands, { good, whole, tuples, literals, quiet, ...rest }) {
    const warn = unlessQuiet({ quiet });
    const codecs = recordCodecs(loadLayout(operands, rest, warn), codecOptions(rest));
    const output = new BatchedWriter(standardOutput());
    output.add(typeDeclarations(codecs, { good, whole, tuples, literals }));
    await output.commit();
    return 0;
  },
};
