/**
 * `npm run bench -- NAME… [--json FILE] [--quick]`: build the product, run benchmarks each in a process of its own, print their figures.
 * Without names all of them run. `NAME/PART` runs one part of a benchmark that has parts: `decode/itc`.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Effort, Figure } from './benchmark.ts';
import { figureTable } from './figure-table.ts';
import { describeMachine } from './machine.ts';
import { registry } from './registry.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Run one benchmark in this process, which another one started for it. */
async function runAlone(name: string, effort: Effort): Promise<void> {
  const load = registry.get(benchmarkOf(name));
  const benchmark = load === undefined ? null : await load();
  process.stdout.write(JSON.stringify((await benchmark?.run(effort)) ?? []));
}

/** The name of the benchmark that `NAME` or `NAME/PART` is of. */
function benchmarkOf(name: string): string {
  return name.split('/', 1)[0] ?? name;
}

/** Run one benchmark in a process of its own; `null` when it fails. */
function runApart(name: string, quick: boolean): readonly Figure[] | null {
  const flags = ['--import', 'tsx', 'bench/main.ts', '--alone', name, ...(quick ? ['--quick'] : [])];
  const { status, stdout } = spawnSync(process.execPath, flags, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return status === 0 ? (JSON.parse(stdout) as readonly Figure[]) : null;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, alone: { type: 'string' } },
  });
  const { quick, alone, json } = values;
  if (alone !== undefined) {
    const part = alone.slice(benchmarkOf(alone).length + 1);
    await runAlone(alone, { quick, rounds: quick ? 3 : 9, part: part === '' ? null : part });
    return 0;
  }
  const names = positionals.length === 0 ? [...registry.keys()] : positionals;
  const unknown = names.filter((name) => !registry.has(benchmarkOf(name)));
  if (unknown.length > 0) {
    console.error(`no benchmark is named ${unknown.join(', ')}; there are ${[...registry.keys()].join(', ')}`);
    return 2;
  }
  const built = spawnSync(process.execPath, ['scripts/build.js'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) return built.status ?? 1;

  const machine = describeMachine();
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memory} GiB, ${machine.system}, Node ${machine.node}`);
  const figures: Figure[] = [];
  let failed = 0;
  for (const name of names) {
    const found = runApart(name, quick);
    if (found === null) failed++;
    else figures.push(...found);
    console.log(`\n${(await registry.get(benchmarkOf(name))?.())?.title ?? name}`);
    console.log(found === null ? 'FAILED' : figureTable(found));
  }
  if (json !== undefined) {
    const plain = figures.map(({ name, value, unit }) => ({ name, value, unit }));
    writeFileSync(json, `${JSON.stringify({ machine, figures: plain }, null, 2)}\n`);
  }
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main();
