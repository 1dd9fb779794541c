/**
 * Encode the values of every case in `fixtures/cobol-reads`, let a COBOL program read the files and print what it finds, and keep both.
 *
 * node scripts/make-cobol-reads.js [--check] [CASE…]
 *
 * A case folder holds, by hand, `case.json`, `copybook.cpy` and `values.jsonl`; made from them are `read-ORGANIZATION.cob` and per variant
 * the file that was encoded (`data.bin`, `data.txt` with lines) and `printed.jsonl`. What is printed must equal `values.jsonl`. `--check` writes nothing and
 * exits 1 when something would change. Exits 2 when the compiler of the fixtures is not installed. Uses the built library.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJsonLine } from '../dist/codec/index.js';
import { createCodec, layoutOf, parseCopybook } from '../dist/index.js';
import { readerProgram } from './cobol-reader-program.js';
import { dataFile, encodeCase, linesOf, printedDifferences } from './cobol-reads.js';
import { installedCompiler, readerCompiler, runReader } from './run-cobol-reader.js';

const library = { parseCopybook, layoutOf, createCodec, parseJsonLine };
const root = fileURLToPath(new URL('../fixtures/cobol-reads', import.meta.url));
const check = process.argv.includes('--check');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

/** Put a made file in its place, or under `--check` say that it differs. Returns the number of differences. */
function keep(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) return 0;
  if (check) {
    console.error(`${path}: differs from what is made now`);
    return 1;
  }
  writeFileSync(path, content);
  console.log(`${path}: written`);
  return 0;
}

function makeVariant(folder, spec, variant) {
  const program = readerProgram(spec, variant.organization);
  const data = encodeCase(library, folder, spec, variant);
  const rows = runReader(folder, variant, program, data);
  const values = linesOf(join(folder, 'values.jsonl')).map((line) => parseJsonLine(line));
  const differences = printedDifferences(spec, values, rows);
  if (differences.length > 0) throw new Error(differences.join('\n'));
  const made = join(folder, variant.name);
  mkdirSync(made, { recursive: true });
  return (
    keep(join(folder, `read-${variant.organization}.cob`), Buffer.from(program)) +
    keep(join(folder, dataFile(variant)), data) +
    keep(join(made, 'printed.jsonl'), Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')))
  );
}

function makeCase(name) {
  const folder = join(root, name);
  const spec = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  return spec.variants.reduce((problems, variant) => {
    try {
      return problems + makeVariant(folder, spec, variant);
    } catch (error) {
      console.error(`${name}/${variant.name}: ${error instanceof Error ? error.message : error}`);
      return problems + 1;
    }
  }, 0);
}

const installed = installedCompiler();
if (installed !== readerCompiler) {
  const found = installed === null ? 'cobc is not installed' : `this is ${installed}`;
  console.error(`NOT DONE: ${found}; the fixtures are made by ${readerCompiler}.`);
  console.error('Debian and Ubuntu have it as "gnucobol3" or "gnucobol" (3.1.2).');
  process.exit(2);
}
const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (wanted.length === 0 || wanted.includes(entry.name)))
  .map((entry) => entry.name)
  .sort();
const problems = cases.reduce((sum, name) => sum + makeCase(name), 0);
console.log(`${cases.length} cases, ${problems} ${check ? 'differences' : 'problems'}`);
process.exitCode = problems === 0 ? 0 : 1;
