import { createCodec } from '../../src/codec/index.ts';
import type { RecordReading } from '../../src/codec/reading.ts';
import type { DialectOptions } from '../../src/copybook/dialect.ts';
import { layoutOf, parseCopybook } from '../../src/copybook/index.ts';
import type { Layout, RecordLayout } from '../../src/copybook/layout.ts';
import type { Copybook } from '../../src/copybook/syntax.ts';
import { UnknownKeyError } from './case-schema.ts';
import type { CompiledCheck } from './compiled-check.ts';
import { foldName } from './fold-name.ts';

export interface DecoderSettings {
  readonly text: string;
  readonly file: string;
  readonly sourceFormat: 'fixed' | 'free' | 'auto';
  readonly decimalComma: boolean;
  /** The 01 to use; `null` = all of them, each from byte 0. */
  readonly record: string | null;
  readonly dialect: Required<DialectOptions>;
  readonly codepage: string;
  readonly national: 'utf-16be' | 'utf-16le';
  /** What looks at the compiled decoder too. */
  readonly check: CompiledCheck | null;
  /** A change of the syntax tree before it is laid out. */
  readonly rewrite?: (copybook: Copybook) => Copybook;
}

/** The product's decoder for one copybook, a reading for each 01 that the case uses. */
export interface CaseDecoder {
  readonly layout: Layout;
  readonly records: readonly RecordLayout[];
  readonly read: (bytes: Uint8Array) => readonly RecordReading[];
}

/** Make the product's decoder as a case wants it: every view shown, nothing trimmed, every dialect member given. */
export function caseDecoder(settings: DecoderSettings): CaseDecoder {
  const { text, file, sourceFormat, decimalComma, dialect } = settings;
  const parsed = parseCopybook(text, { file, sourceFormat, ...(decimalComma ? { decimalComma } : {}) });
  const layout = layoutOf(settings.rewrite?.(parsed) ?? parsed, dialect);
  const records = chosenRecords(layout, settings.record);
  const codecs = records.map((record) =>
    createCodec(
      { ...layout, records: [record] },
      {
        views: 'all',
        trim: 'none',
        codepage: settings.codepage,
        national: settings.national,
        floats: dialect.floats,
        asciiSign: dialect.asciiSign,
        odo: dialect.odo,
        trunc: dialect.trunc,
        numbers: 'exact',
        format: 'rdw', // the one kind whose short records are never filled up
      },
    ),
  );
  const readers = codecs.map((codec) => settings.check?.readerOf(codec) ?? codec.read);
  return { layout, records, read: (bytes) => readers.map((read) => read(bytes)) };
}

function chosenRecords(layout: Layout, name: string | null): readonly RecordLayout[] {
  if (name === null) return layout.records;
  const chosen = layout.records.find((record) => foldName(record.name) === foldName(name));
  if (chosen === undefined) throw new UnknownKeyError('copybook.record', `the copybook has no record ${name}`);
  return [chosen];
}
