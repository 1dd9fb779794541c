import { closeSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { printable } from '../bytes/printable.ts';
import { formatDiagnostic } from '../copybook/copybook-error.ts';
import { fileCopyLibrary } from '../copybook/file-copy-library.ts';
import type { Layout } from '../copybook/layout.ts';
import { layoutOf } from '../copybook/layout-of.ts';
import { parseCopybook } from '../copybook/parse-copybook.ts';
import { maximumSourceLength } from '../copybook/source-budget.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { OverpunchError } from '../errors.ts';
import { ioError } from '../settings/io-error.ts';
import type { DecodingOptions } from './decoding-options.ts';

const usualLength = 64 * 1024; // bytes: few copybooks are longer

/** The options that say how a copybook is read and laid out. */
export type LayoutOptions = Pick<
  DecodingOptions,
  | 'include'
  | 'sourceFormat'
  | 'decimalComma'
  | 'currency'
  | 'dialect'
  | 'binarySize'
  | 'comp5Size'
  | 'comp5Order'
  | 'sync'
  | 'floats'
  | 'pointerSize'
  | 'trunc'
  | 'asciiSign'
  | 'odo'
>;

/**
 * Read copybooks and lay them out as one: the records of all of them. Warnings go to `warn`.
 *
 * Throws `IO` for files that cannot be read, and CopybookErrors.
 */
export function loadLayout(files: readonly string[], options: LayoutOptions, warn: (text: string) => void): Layout {
  const layouts = files.map((file) => load(file, options));
  const [first] = layouts;
  if (first === undefined) throw new OverpunchError('USAGE', 'no copybook given');
  const layout = {
    ...first,
    records: layouts.flatMap(({ records }) => records),
    warnings: layouts.flatMap(({ warnings }) => warnings),
  };
  for (const warning of layout.warnings) warn(`${formatDiagnostic(warning)}\n`);
  return layout;
}

// The characters of COBOL are the same in all EBCDIC pages, but for a few that stand in literals only.
function decodeEbcdic(bytes: Uint8Array): string {
  return codePage('cp037').decode(bytes).text;
}

function load(file: string, options: LayoutOptions): Layout {
  const { include = [], sourceFormat, decimalComma, currency } = options;
  const { dialect, binarySize, comp5Size, comp5Order, sync, floats, pointerSize, trunc, asciiSign, odo } = options;
  const copybook = parseCopybook(readBytes(file), {
    file,
    library: fileCopyLibrary({ folders: [dirname(file), ...include], decodeEbcdic }),
    ...(sourceFormat === undefined ? {} : { sourceFormat }),
    ...(decimalComma === undefined ? {} : { decimalComma }),
    ...(currency === undefined ? {} : { currency }),
    decodeEbcdic,
  });
  const chosen = { dialect, binarySize, comp5Size, comp5Order, sync, floats, pointerSize, trunc, asciiSign, odo };
  return layoutOf(copybook, given(chosen));
}

/** Read as it comes: how much pipes and devices hold is not known before, and may have no end. */
function readBytes(file: string): Uint8Array {
  try {
    const descriptor = file === '-' ? 0 : openSync(file, 'r');
    try {
      let bytes = new Uint8Array(usualLength);
      for (let length = 0; length <= maximumSourceLength; ) {
        const read = readSync(descriptor, bytes, length, bytes.length - length, null);
        if (read === 0) return bytes.subarray(0, length);
        length += read;
        if (length < bytes.length) continue;
        const grown = new Uint8Array(2 * length);
        grown.set(bytes);
        bytes = grown;
      }
      throw new OverpunchError('COPYBOOK_TOO_LARGE', `${printable(file)}: larger than 16 MiB`, { exitStatus: 3 });
    } finally {
      if (file !== '-') closeSync(descriptor);
    }
  } catch (error) {
    throw ioError(file, error);
  }
}

/** Leave out what was not given. */
function given<T extends object>(options: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
