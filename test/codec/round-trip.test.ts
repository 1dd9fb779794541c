import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import { createCodec } from '../../src/codec/create-codec.ts';
import { fileCopyLibrary, layoutOf, parseCopybook } from '../../src/copybook/index.ts';
import { OverpunchError } from '../../src/errors.ts';
import { type CobolCase, expectedRows } from '../cobol-case.ts';
import { caseCharset } from '../conformance/case-charset.ts';
import { parseRecordCase, UnknownKeyError } from '../conformance/case-schema.ts';
import { jsonLines, parseExactJson } from '../conformance/exact-json.ts';
import { findCases } from '../conformance/find-cases.ts';
import { FramingError, frameFile } from '../conformance/framings.ts';
import { dialectOptions } from '../conformance/named-dialects.ts';
import { describeOracle } from '../oracles.ts';
import { varyingRecords } from '../varying-records.ts';
import { codecsOf, type RoundTrip, roundTrip, roundTripText, totals } from './round-trip.ts';

/** Nothing is unexplained, every good record is the same with its original, and there is something to show it on. */
function expectRoundTrip(title: string, found: readonly RoundTrip[]): void {
  const all = totals(found);
  process.stderr.write(`round trip: ${title}: ${roundTripText(all)}\n`);
  expect(all.unexplained.slice(0, 20)).toEqual([]);
  expect(all.good).toBeGreaterThan(0);
  expect(all.sameWithOriginal).toBe(all.good);
  expect(all.same + all.undescribed + all.short).toBe(all.clean);
}

const optionSets: readonly CodecOptions[] = [
  { format: 'rdw' },
  { format: 'rdw', trim: 'none', views: 'all', names: 'camel', filler: 'keep', edited: 'number', numbers: 'string' },
];

describe('records that a COBOL program wrote', () => {
  const root = fileURLToPath(new URL('../../fixtures/cobol', import.meta.url));
  const names = readdirSync(root).filter((name) => existsSync(join(root, name, 'case.json')));

  it.each(names)('come back from their values: %s', (name) => {
    const folder = join(root, name);
    const spec: CobolCase = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
    if (spec.unsupported !== undefined) return;
    const found = spec.variants.flatMap((variant) => {
      const files = join(folder, variant.name);
      if (variant.rejected !== undefined || variant.differs !== undefined) return [];
      const copybook = parseCopybook(readFileSync(join(folder, 'copybook.cpy'), 'latin1'), {
        file: 'copybook.cpy',
        library: fileCopyLibrary({ folders: [folder] }),
        sourceFormat: spec.sourceFormat ?? 'fixed',
        ...spec.parse,
      });
      const layout = layoutOf(copybook, variant.options);
      const records = varyingRecords(readFileSync(join(files, 'data.bin')));
      const rows = expectedRows(files);
      return codecsOf(layout, { format: 'rdw', codepage: 'latin1' }).map((codec) =>
        roundTrip(
          codec,
          records.filter((_, at) => rows[at]?.record === codec.records[0]?.name),
        ),
      );
    });
    expect(totals(found).unexplained).toEqual([]);
    expect(totals(found).sameWithOriginal).toBe(totals(found).good);
  });
});

describeOracle('real/carddemo', 'the files of a real application', (folder) => {
  const views = ['CUSTOMER:C', 'ACCOUNT:A', 'TRANSACTION:T', 'CARD-XREF:X', 'CARD:D'].map((pair) => {
    const [view = '', key = ''] = pair.split(':');
    return `EXPORT-REC-TYPE:${key}=EXPORT-${view}-DATA`;
  });
  it.each([
    ['CVACT01Y.cpy', 'AWS.M2.CARDDEMO.ACCTDATA.PS', 300, {}],
    ['CVCUS01Y.cpy', 'AWS.M2.CARDDEMO.CUSTDATA.PS', 500, {}],
    ['CVTRA06Y.cpy', 'AWS.M2.CARDDEMO.DALYTRAN.PS', 350, {}],
    ['CVEXPORT.cpy', 'AWS.M2.CARDDEMO.EXPORT.DATA.PS', 500, {}],
    ['CVEXPORT.cpy', 'AWS.M2.CARDDEMO.EXPORT.DATA.PS', 500, { view: views }],
    ['CVACT01Y.cpy', 'acctdata.txt', 301, { codepage: 'ascii', format: 'text' }],
    ['CVCUS01Y.cpy', 'custdata.txt', 501, { codepage: 'ascii', format: 'text' }],
    ['CVTRA06Y.cpy', 'dailytran.txt', 351, { codepage: 'ascii', format: 'text' }],
  ] as const)('%s and %s come back', (name, file, length, options) => {
    const copybook = parseCopybook(readFileSync(join(folder, name), 'latin1'), { file: name });
    const data = readFileSync(join(folder, file));
    const records: Uint8Array[] = [];
    const ends = 'format' in options ? 1 : 0;
    for (let at = 0; at + length <= data.length; at += length) records.push(data.subarray(at, at + length - ends));
    expect(records.length).toBe(data.length / length);
    const codec = createCodec(layoutOf(copybook), { format: 'rdw', ...options });
    expectRoundTrip(`${file}${'view' in options ? ' by rule' : ''}`, [roundTrip(codec, records)]);
  });
});

describeOracle('conformance', 'the records of conformance cases', (folder) => {
  const found = findCases(folder);
  for (const { file } of found.filter(({ shape }) => shape === 'case')) {
    const place = dirname(file).slice(folder.length + 1);
    it(`come back: ${place}`, () => {
      const made = caseRecords(dirname(file));
      if (typeof made === 'string') process.stderr.write(`round trip: ${place}: left out, ${made}\n`);
      else expectRoundTrip(place, made);
    });
  }
  for (const { file } of found.filter(({ shape }) => shape === 'stored-records')) {
    const place = file.slice(folder.length + 1);
    it(`come back: ${place}`, { timeout: 600_000 }, () => expectRoundTrip(place, storedRecords(file)));
  }
});

/** Round trips of a record case, or why the encoder has nothing to do with it. */
function caseRecords(folder: string): readonly RoundTrip[] | string {
  try {
    const settings = parseRecordCase(parseExactJson(readFileSync(join(folder, 'case.json'), 'utf8')));
    if (settings.odo_counts !== undefined) return 'its counters are names';
    const { codepage } = caseCharset(settings.encoding, settings.charset, settings.charset_overrides);
    const dialect = dialectOptions(settings.dialect, settings.floats, settings.odo);
    const copybook = parseCopybook(readFileSync(join(folder, 'copybook.cpy'), 'latin1'), {
      file: 'copybook.cpy',
      sourceFormat: settings.copybook.source_format,
      decimalComma: settings.copybook.decimal_point === 'comma',
    });
    const layout = layoutOf(copybook, dialect);
    return optionSets.flatMap((options) =>
      codecsOf(layout, { ...options, codepage, national: settings.national }).map((codec) => {
        const frames = frameFile(readFileSync(join(folder, 'data.bin')), settings.framing, {
          maximum: codec.maximumLength,
          byTables: (bytes) => codec.read(bytes).length,
          fieldText: (field, bytes) => String(codec.fieldReader(field)(bytes)?.value ?? ''),
        });
        return roundTrip(codec, frames);
      }),
    );
  } catch (error) {
    if (error instanceof UnknownKeyError || error instanceof FramingError || error instanceof OverpunchError) {
      return error.message;
    }
    throw error;
  }
}

function storedRecords(file: string): readonly RoundTrip[] {
  return jsonLines(readFileSync(file, 'utf8')).flatMap((line) => {
    const stored = JSON.parse(line);
    const odo = stored.profile === 'slide' ? 'shifted' : 'maximum';
    const dialect = dialectOptions({ base: 'ibm' }, 'ibm-be', odo);
    const parsed = parseCopybook(stored.copybook, { file: 'copybook.cpy', sourceFormat: 'fixed' });
    const { codepage } = caseCharset('ebcdic', stored.codepage);
    const records = stored.records.map(({ hex }: { hex: string }) => new Uint8Array(Buffer.from(hex, 'hex')));
    return optionSets.flatMap((options) =>
      codecsOf(layoutOf(parsed, dialect), { ...options, codepage, floats: dialect.floats, odo })
        .filter((codec) => codec.records[0]?.name === stored.record)
        .map((codec) => roundTrip(codec, records)),
    );
  });
}
