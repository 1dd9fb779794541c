import type { DialectOptions, OdoRule } from '../../src/copybook/dialect.ts';
import type { CaseDialect, RecordCase } from './case-schema.ts';

type Member = Exclude<keyof CaseDialect, 'base'>;
type Members = { readonly [K in Member]-?: Exclude<CaseDialect[K], undefined> };

/** What the dialect names of the format stand for (§3): not what the product's dialects of the same names are. */
const namedDialects: Readonly<Record<CaseDialect['base'], Members>> = {
  ibm: { binary_size: '2-4-8', comp5_size: '2-4-8', sync: 'ibm', comp5_order: 'big', ascii_sign: 'ebcdic', pointer: 4 },
  gnucobol: {
    binary_size: '2-4-8',
    comp5_size: '1-2-4-8',
    sync: 'natural',
    comp5_order: 'big',
    ascii_sign: 'ebcdic',
    pointer: 8,
  },
  microfocus: {
    binary_size: '1--8',
    comp5_size: '1--8',
    sync: 'none',
    comp5_order: 'little',
    ascii_sign: 'ebcdic',
    pointer: 4,
  },
};

const floatFormats = { 'ibm-be': 'hex', 'ibm-le': 'hex-le', 'ieee-be': 'ieee-be', 'ieee-le': 'ieee-le' } as const;

/** Give the product every member of a dialect, one by one. */
export function dialectOptions(
  { base, ...own }: CaseDialect,
  floats: RecordCase['floats'] = 'ibm-be',
  odo: OdoRule = 'maximum',
): Required<DialectOptions> {
  const named = namedDialects[base];
  return {
    dialect: 'ibm',
    binarySize: own.binary_size ?? named.binary_size,
    comp5Size: own.comp5_size ?? named.comp5_size,
    sync: own.sync ?? named.sync,
    comp5Order: own.comp5_order ?? named.comp5_order,
    asciiSign: own.ascii_sign ?? named.ascii_sign,
    pointerSize: own.pointer ?? named.pointer,
    floats: floatFormats[floats],
    trunc: 'std',
    odo,
  };
}
