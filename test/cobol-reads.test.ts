import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  dataFile,
  encodeCase,
  linesOf,
  type PrintedRecord,
  printedDifferences,
  type ReadsCase,
} from '../scripts/cobol-reads.js';
import { installedCompiler, readerCompiler, runReader } from '../scripts/run-cobol-reader.js';
import { parseJsonLine } from '../src/codec/index.ts';
import { createCodec, layoutOf, parseCopybook } from '../src/index.ts';

const library = { parseCopybook, layoutOf, createCodec, parseJsonLine };
const root = fileURLToPath(new URL('../fixtures/cobol-reads', import.meta.url));
const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const compiler = installedCompiler();
const compilerMissing =
  compiler === readerCompiler ? null : `${compiler ?? 'no cobc'} is installed, not ${readerCompiler}`;
if (compilerMissing !== null) {
  process.stderr.write(
    `SKIPPED: COBOL programs read what was encoded: ${compilerMissing}; what they printed is compared\n`,
  );
}

describe.each(cases)('what a COBOL program read of %s', (name) => {
  const folder = join(root, name);
  const spec: ReadsCase = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const values = linesOf(join(folder, 'values.jsonl')).map((line) => parseJsonLine(line));

  it('has a folder for every variant, and no other', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => entry.name).sort()).toEqual(spec.variants.map((variant) => variant.name).sort());
  });

  describe.each(spec.variants)('$name', (variant) => {
    const data = readFileSync(join(folder, dataFile(variant)));
    const printed: PrintedRecord[] = linesOf(join(folder, variant.name, 'printed.jsonl')).map((line) =>
      JSON.parse(line),
    );

    it('is encoded again from the values, byte for byte', () => {
      expect(encodeCase(library, folder, spec, variant).equals(data)).toBe(true);
    });

    it('was printed by the program with equal values', () => {
      expect(printedDifferences(spec, values, printed)).toEqual([]);
    });

    it.skipIf(compilerMissing !== null)(
      'is printed again by the program with equal values',
      () => {
        const program = readFileSync(join(folder, `read-${variant.organization}.cob`), 'latin1');
        expect(runReader(folder, variant, program, data)).toEqual(printed);
      },
      120_000, // ms: compiles
    );
  });
});

describe('the comparison with what was printed', () => {
  const spec: ReadsCase = { options: {}, variants: [] };

  it('tells a wrong number, a wrong text, a missing item, one too many and a missing record', () => {
    const row = { 'T(1)': { number: '1.5' }, X: { text: 'AB ' }, Y: { number: '1' } };
    expect(printedDifferences(spec, [{ T: [1.5], X: 'AB', Y: '1.00' }], [row])).toEqual([]);
    const wrong = printedDifferences(spec, [{ T: [1.4, 2], X: 'A' }, { X: 'A' }], [row]);
    expect(wrong.map((text) => text.slice(0, 15))).toEqual([
      '1 records print',
      'record 1 T(1): ',
      'record 1 T(2): ',
      'record 1 X: {"t',
      'record 1 Y: pri',
      'record 2 X: not',
    ]);
  });

  it('tells an edited text that the compiler would have edited otherwise', () => {
    const row = { E: { number: '1', text: '01', again: ' 1' } };
    expect(printedDifferences(spec, [{ E: 1 }], [row])).toHaveLength(1);
  });
});
