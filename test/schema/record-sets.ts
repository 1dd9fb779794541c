import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromHex } from '../../src/bytes/hex.ts';
import { type Codec, type CodecOptions, createCodec } from '../../src/codec/index.ts';
import { fileCopyLibrary, type Layout, layoutOf, parseCopybook } from '../../src/copybook/index.ts';
import type { CobolCase } from '../cobol-case.ts';
import { parseRecordCase } from '../conformance/case-schema.ts';
import { jsonLines, parseExactJson } from '../conformance/exact-json.ts';
import { findCases } from '../conformance/find-cases.ts';
import { frameFile } from '../conformance/framings.ts';
import { dialectOptions } from '../conformance/named-dialects.ts';
import { varyingRecords } from '../varying-records.ts';

/** Records of one 01, and the codec that reads them. */
export interface RecordSet {
  readonly name: string;
  readonly codec: Codec;
  readonly frames: readonly Uint8Array[];
}

const cobolFolder = fileURLToPath(new URL('../../fixtures/cobol', import.meta.url));

/** What the COBOL programs of the fixtures wrote. */
export function cobolSets(options: CodecOptions): RecordSet[] {
  return readdirSync(cobolFolder, { withFileTypes: true }).flatMap((entry) => {
    const folder = join(cobolFolder, entry.name);
    if (!entry.isDirectory()) return [];
    const spec: CobolCase = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
    if (spec.unsupported !== undefined) return [];
    return spec.variants.flatMap((variant) => {
      const file = join(folder, variant.name, 'data.bin');
      if (!existsSync(file) || variant.differs !== undefined) return [];
      const copybook = parseCopybook(readFileSync(join(folder, 'copybook.cpy'), 'latin1'), {
        file: 'copybook.cpy',
        library: fileCopyLibrary({ folders: [folder] }),
        sourceFormat: spec.sourceFormat ?? 'fixed',
        ...spec.parse,
      });
      const layout = layoutOf(copybook, variant.options);
      const frames = varyingRecords(readFileSync(file));
      return setsOf(`${entry.name} ${variant.name}`, layout, frames, { codepage: 'ascii', format: 'rdw', ...options });
    });
  });
}

/** What a mainframe wrote: `carddemo` of the real data. */
export function carddemoSets(folder: string): RecordSet[] {
  const views = ['C=EXPORT-CUSTOMER-DATA', 'A=EXPORT-ACCOUNT-DATA', 'T=EXPORT-TRANSACTION-DATA'];
  const exported = [...views, 'X=EXPORT-CARD-XREF-DATA', 'D=EXPORT-CARD-DATA'].map((rule) => `EXPORT-REC-TYPE:${rule}`);
  const files: readonly (readonly [string, string, CodecOptions])[] = [
    ['EXPORT.DATA.PS', 'CVEXPORT.cpy', { view: exported }],
    ['ACCTDATA.PS', 'CVACT01Y.cpy', {}],
    ['CUSTDATA.PS', 'CVCUS01Y.cpy', {}],
    ['DALYTRAN.PS', 'CVTRA06Y.cpy', {}],
  ];
  return files.flatMap(([data, copybook, options]) => {
    const layout = layoutOf(parseCopybook(readFileSync(join(folder, copybook), 'latin1'), { file: copybook }));
    const length = layout.records[0]?.maximumLength ?? 1;
    const bytes = readFileSync(join(folder, `AWS.M2.CARDDEMO.${data}`));
    const frames = Array.from({ length: bytes.length / length }, (_, at) =>
      bytes.subarray(at * length, (at + 1) * length),
    );
    return setsOf(data, layout, frames, options);
  });
}

/** The records of conformance sets, as far as they come with a copybook. */
export function conformanceSets(folder: string, options: CodecOptions): RecordSet[] {
  return findCases(folder).flatMap(({ shape, file, place }) => {
    if (shape === 'case') return caseSets(file, place, options);
    return shape === 'stored-records' ? storedSets(file, place, options) : [];
  });
}

function storedSets(file: string, place: string, options: CodecOptions): RecordSet[] {
  return jsonLines(readFileSync(file, 'utf8')).flatMap((text, index) => {
    const stored: { copybook: string; codepage: string; profile: string; records: { hex: string }[] } =
      JSON.parse(text);
    const dialect = dialectOptions({ base: 'ibm' }, 'ibm-be', stored.profile === 'slide' ? 'shifted' : 'maximum');
    const layout = layoutOf(parseCopybook(stored.copybook, { file: place, sourceFormat: 'fixed' }), dialect);
    const frames = stored.records.map(({ hex }) => fromHex(hex) ?? new Uint8Array());
    return setsOf(`${place}:${index + 1}`, layout, frames, { codepage: stored.codepage, format: 'rdw', ...options });
  });
}

function caseSets(file: string, place: string, options: CodecOptions): RecordSet[] {
  const folder = join(file, '..');
  const settings = parseRecordCase(parseExactJson(readFileSync(file, 'utf8')));
  const dialect = dialectOptions(settings.dialect, settings.floats, settings.odo);
  const copybook = parseCopybook(readFileSync(join(folder, 'copybook.cpy'), 'latin1'), {
    file: place,
    sourceFormat: settings.copybook.source_format,
    ...(settings.copybook.decimal_point === 'comma' ? { decimalComma: true } : {}),
  });
  const layout = layoutOf(copybook, dialect);
  const codepage = settings.encoding === 'ascii' ? 'latin1' : 'cp037';
  const { national } = settings;
  const base: CodecOptions = { codepage, national, format: 'rdw', floats: dialect.floats, ...options };
  const sets = setsOf(place, layout, [], base);
  const readers = sets.map(({ codec }) => codec);
  const frames = frameFile(readFileSync(join(folder, 'data.bin')), settings.framing, {
    maximum: Math.max(...readers.map((codec) => codec.maximumLength)),
    byTables: (bytes) => Math.max(...readers.map((codec) => codec.lengthOf(bytes) ?? 0)),
    fieldText: (field, bytes) => {
      const value = readers[0]?.fieldReader(field)(bytes)?.value;
      return value === null || value === undefined ? null : String(value);
    },
  });
  return sets.map((set) => ({ ...set, frames }));
}

function setsOf(name: string, layout: Layout, frames: readonly Uint8Array[], options: CodecOptions): RecordSet[] {
  return layout.records.map((record) => ({
    name: `${name} ${record.name}`,
    codec: createCodec(layout, { ...options, record: record.name }),
    frames,
  }));
}
