import { compileWhere } from '../codec/compile-where.ts';
import type { Codec } from '../codec/create-codec.ts';
import { OverpunchError } from '../errors.ts';
import type { Catalog, FrameType } from '../frames/catalog/catalog.ts';
import { createFrameReader } from '../frames/catalog/create-frame-reader.ts';
import type { FrameReader } from '../frames/catalog/frame-reading.ts';
import { frameCheckOf } from '../frames/header/frame-check-of.ts';
import { catalogDecoder } from './catalog-decoder.ts';
import { catalogFraming } from './catalog-framing.ts';
import { catalogFormat, type EitherOptions } from './catalog-options.ts';
import type { CommonOptions } from './common-options.ts';
import { skipOptions } from './frame-format.ts';
import { guessCatalog } from './guess-catalog.ts';
import { openCatalog } from './open-catalog.ts';
import { checkNames, overrideDecoding } from './override-decoding.ts';
import { type Decoding, openInputs, totalSize } from './prepare-decoding.ts';
import type { ReadRecord } from './record-decoder.ts';
import { wantedTypes } from './wanted-types.ts';

/** All a command that reads a catalog's frames needs before it reads the first. */
export interface CatalogDecoding extends Decoding {
  readonly frames: true;
  readonly catalog: Catalog;
  readonly reader: FrameReader;
  /** The codec of the header alone. */
  readonly header: Codec;
  /** The types asked for. */
  readonly wanted: readonly FrameType[];
}

/**
 * Look at the inputs, load the catalog, and prepare decoder and framing. Copybooks are read when the first frame of their type comes,
 * all of the types wanted only where options name fields.
 *
 * Throws USAGE and IO, what catalogs and copybooks throw, and UNKNOWN_NAME for a field that no type has.
 */
export async function prepareCatalog(
  files: readonly string[],
  options: EitherOptions & CommonOptions,
  file: string,
): Promise<CatalogDecoding> {
  const format = catalogFormat(options);
  const inputs = await openInputs(files);
  const override = overrideDecoding(options);
  const loaded = await openCatalog(file, options.allowOutside);
  const catalog = withCodecs(loaded, override);
  const header = override(loaded.header.codec);
  const { types: wanted, fits, mayFit } = wantedTypes(catalog, options);
  const reader = createFrameReader(catalog);
  const check = frameCheckOf(catalog);
  const named = options.field ?? options.select ?? options.where;
  const codecs = named === undefined ? [] : [header, ...wanted.map((type) => type.codec())];
  checkNames(options, codecs);
  const where = options.where === undefined ? null : compileWhere(codecs, options.where);
  return {
    inputs,
    totalSize: totalSize(inputs),
    decoder: catalogDecoder(catalog, reader, header, mayFit),
    where: ({ head, reading }: ReadRecord) => (fits === null || fits(head)) && (where === null || where(reading)),
    format: catalogFraming(format, options, check),
    skipBytes: skipOptions(options, format),
    frames: true,
    columns: () => onlyCodec(wanted),
    sources: loaded.files(),
    guess: (facts) => guessCatalog(facts, { format, protocol: catalog.protocol, header: check }),
    catalog,
    reader,
    header,
    wanted,
  };
}

/** The same catalog with other codecs. */
function withCodecs(catalog: Catalog, override: (codec: Codec) => Codec): Catalog {
  const types = catalog.types.map((type): FrameType => {
    let codec: Codec | null = null;
    return {
      ...type,
      codec() {
        codec ??= override(type.codec());
        return codec;
      },
    };
  });
  return {
    ...catalog,
    types,
    typeNamed(name) {
      const found = catalog.typeNamed(name);
      return found === undefined ? undefined : types[found.index];
    },
  };
}

function onlyCodec(wanted: readonly FrameType[]): Codec {
  const [only] = wanted;
  if (only !== undefined && wanted.length === 1) return only.codec();
  throw new OverpunchError('USAGE', `a CSV file has frames of one type, not of ${wanted.length}`, {
    hint: 'give --type TYPE, or --split and -o FILE for a file of each type',
  });
}
