/**
 * Compile and run the COBOL program of every case in `fixtures/cobol` and keep what it wrote.
 *
 * node scripts/make-cobol-fixtures.js [--check] [CASE…]
 *
 * A case folder holds, by hand, `case.json`, `copybook.cpy` (and members) and `fill.cob`; made from them are `write.cob` and per
 * variant `data.bin`, `expected.jsonl` and `layout.json`. `--check` writes nothing and exits 1 when something would change. Exits 2
 * when the compiler of the fixtures is not installed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOutput } from './cobol-output.js';
import { cobolProgram } from './cobol-program.js';

/** The compiler that wrote the fixtures: others may lay out or edit differently. */
const compiler = 'cobc (GnuCOBOL) 3.1.2.0';
const root = fileURLToPath(new URL('../fixtures/cobol', import.meta.url));
const check = process.argv.includes('--check');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

function installedCompiler() {
  const version = spawnSync('cobc', ['--version'], { encoding: 'utf8' });
  return version.error === undefined ? (version.stdout.split('\n')[0] ?? '') : null;
}

/** Lines of an object's members, one a line: small differences stay small. */
function jsonLines(values) {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function layoutJson(command, layouts) {
  const records = layouts.map(({ record, items }) => {
    const lines = items.map((item) => `        ${JSON.stringify(item)}`).join(',\n');
    return `    {\n      "record": ${JSON.stringify(record)},\n      "items": [\n${lines}\n      ]\n    }`;
  });
  return `{\n  "compiler": ${JSON.stringify(compiler)},\n  "command": ${JSON.stringify(command)},\n  "records": [\n${records.join(',\n')}\n  ]\n}\n`;
}

/** Compile and run a case with one set of flags in a folder of its own. */
function runVariant(folder, program, variant) {
  const work = mkdtempSync(join(tmpdir(), 'cobol-fixture-'));
  try {
    cpSync(folder, work, { recursive: true });
    writeFileSync(join(work, 'write.cob'), program);
    rmSync(join(work, 'data.bin'), { force: true });
    const flags = [...variant.flags, '-x', '-o', 'write', 'write.cob'];
    const compiled = spawnSync('cobc', flags, { cwd: work, encoding: 'utf8' });
    const messages = compiled.stderr.trim();
    if (variant.rejected !== undefined) {
      if (compiled.status === 0 || !messages.includes(variant.rejected)) {
        throw new Error(`the compiler was expected to say: ${variant.rejected}\n${messages}`);
      }
      return null;
    }
    if (compiled.status !== 0) {
      throw new Error(messages);
    }
    const ran = spawnSync('./write', [], {
      cwd: work,
      timeout: 20_000,
      encoding: 'latin1',
      env: { ...process.env, LC_ALL: 'C' },
    });
    if (ran.status !== 0 || ran.stderr !== '') {
      throw new Error(`the program ended with ${ran.status ?? ran.signal}: ${ran.stderr}`);
    }
    const { rows, layouts } = readOutput(ran.stdout);
    return {
      'data.bin': readFileSync(join(work, 'data.bin')),
      'expected.jsonl': Buffer.from(jsonLines(rows)),
      'layout.json': Buffer.from(layoutJson(`cobc ${flags.join(' ')}`, layouts)),
    };
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Put a made file in its place, or under `--check` say that it differs. Returns the number of differences. */
function keep(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) {
    return 0;
  }
  if (check) {
    console.error(`${path}: differs from what the compiler makes now`);
    return 1;
  }
  writeFileSync(path, content);
  console.log(`${path}: written`);
  return 0;
}

function makeCase(name) {
  const folder = join(root, name);
  const spec = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const program = cobolProgram(spec, readFileSync(join(folder, 'fill.cob'), 'utf8'));
  let problems = keep(join(folder, 'write.cob'), Buffer.from(program));
  for (const variant of spec.variants) {
    try {
      const files = runVariant(folder, program, variant);
      for (const [file, content] of Object.entries(files ?? {})) {
        mkdirSync(join(folder, variant.name), { recursive: true });
        problems += keep(join(folder, variant.name, file), content);
      }
    } catch (error) {
      console.error(`${name}/${variant.name}: ${error instanceof Error ? error.message : error}`);
      problems += 1;
    }
  }
  return problems;
}

const installed = installedCompiler();
if (installed !== compiler) {
  console.error(
    `NOT DONE: ${installed === null ? 'cobc is not installed' : `this is ${installed}`}; the fixtures are made by ${compiler}.`,
  );
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
