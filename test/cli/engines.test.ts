import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { generateTraffic } from '../../src/traffic/generate-traffic.ts';
import { fixtures, workFolder } from './overpunch.ts';

const { folder, environment } = workFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const long = { timeout: 60_000 };
const terminals = fileURLToPath(new URL('../../copybooks/itc/catalog.yaml', import.meta.url));

const stock = '-c stock.cpy --view REC-TYPE:T=TEXT-DETAIL --view REC-TYPE:P=PRICE-DETAIL';
const order = '-c order.cpy -I copylib';

interface Shown {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: unknown;
  readonly quarantine: string | null;
}

/** Everything a run shows, but how long it took; and what it puts into the quarantine, when it is told where that is. */
async function decode(engine: string, options: string): Promise<Shown> {
  const bad = join(mkdtempSync(join(folder, `${engine}-`)), 'bad.jsonl');
  const line = options.replaceAll('QUARANTINE', `--quarantine ${bad}`);
  const child = spawn('sh', ['-c', `overpunch decode ${line} --engine ${engine}`], {
    cwd: fixtures,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const timeless = stderr.replace(/in [0-9.]+ s, [0-9.]+ MB\/s/g, 'in N s, N MB/s');
  const quarantine = line === options ? null : readFileSync(bad, 'utf8');
  return { stdout, stderr: timeless, status, quarantine };
}

async function same(options: string): Promise<void> {
  const [reference, compiled] = await Promise.all([decode('reference', options), decode('compiled', options)]);
  expect(compiled).toEqual(reference);
}

/** Records again and again, some of them damaged: digits, signs, types, numbers that are blank, and the end. */
function damagedFile(name: string, records: number): string {
  const file = join(folder, name);
  const good = readFileSync(join(fixtures, 'stock.dat'));
  const bytes = Buffer.concat(Array.from({ length: Math.ceil(records / 5) }, () => good)).subarray(0, records * 18 - 7);
  for (let at = 5; at < bytes.length; at += 1987) bytes[at] = (at * 7) & 0xff;
  for (let at = 1; at < bytes.length; at += 18 * 97) bytes.fill(0x40, at, at + 5);
  writeFileSync(file, bytes);
  return file;
}

describe('the two engines show the same', () => {
  it.each([
    `stock-bad.dat ${stock} QUARANTINE`,
    `stock-bad.dat stock.dat ${stock} --verbose`,
    `stock-bad.dat ${stock} --strict`,
    `stock.dat ${stock} --names camel --trim none --numbers string --views all --select REC-TYPE,QUANTITY`,
    `stock-framed.dat ${stock} --skip-file-start 4 --skip-record-end 2`,
    `- ${stock} <stock-bad.dat`,
    'stock.txt -c stock-text.cpy --format text --codepage ascii',
    `order-bad.vb ${order} --format rdw QUARANTINE`,
    `order-little.vb ${order} --format rdw --rdw-endian little`,
    `order.vbb ${order} --format bdw`,
    `order.odo ${order} --record-length odo --odo shifted`,
    `/dev/null ${stock}`,
    '../samples/bet-slips.bin -c ../../copybooks/samples/bet-slips.cpy --format rdw --codepage 1147',
  ])('of %s', long, (options) => same(options));

  it('of a long file with damaged records, as it is and packed, and of its quarantine', long, async () => {
    const file = damagedFile('long.dat', 12_000);
    await same(`${file} ${stock} QUARANTINE`);
    await same(`${file} ${stock} --strict=notes`);
    await same(`${file} ${stock} --blank zero --verbose --max-errors 3 QUARANTINE`);
    await same(`${file} ${stock} --skip 98 --limit 200`);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)).subarray(0, 5000));
    await same(`${file}.gz ${stock} QUARANTINE`);
    const { quarantine } = await decode('compiled', `${file} ${stock} QUARANTINE`);
    writeFileSync(`${file}.bad`, String(quarantine));
    await same(`${file}.bad ${stock} --format quarantine`);
  });
});

/** A capture of terminals: everything that goes wrong on the way, and then some bytes of it changed. */
function terminalFile(name: string, frames: number): string {
  const file = join(folder, name);
  const options = { seed: 11, frames, malformed: 0.03, noise: 0.01, duplicates: 0.02 };
  const bytes = Buffer.concat([...generateTraffic(loadCatalog(terminals), options)].map(({ capture }) => capture));
  for (let at = 999; at < bytes.length; at += 4001) bytes[at] = (at * 7) & 0xff;
  writeFileSync(file, bytes);
  return file;
}

describe('of frames of a catalog the two engines show the same', () => {
  it.each([
    'till.cap --catalog till/catalog.yaml QUARANTINE',
    'till.cap till.cap --catalog till/catalog.yaml --type SA --skip 1 --limit 3',
    'till.cap --catalog till/catalog.yaml --role response --names camel --select DONE-RECEIPT',
    '- --catalog till/catalog.yaml <till.cap',
  ])('of %s', long, (options) => same(options));

  it('of terminals with all that goes wrong, as it is, in part, and of its quarantine', {
    timeout: 120_000,
  }, async () => {
    const file = terminalFile('line.cap', 1200);
    const catalog = `--catalog ${terminals}`;
    await same(`${file} ${catalog} QUARANTINE`);
    await same(`${file} ${catalog} --strict`);
    await same(`${file} ${catalog} --type T001,T050 --strict=notes --verbose`);
    await same(`${file} ${catalog} --type T001,T050 --verbose QUARANTINE`);
    await same(`${file} ${catalog} --type T031,R020 --skip 7 --limit 300 --max-errors 5 QUARANTINE`);
    const { quarantine } = await decode('compiled', `${file} ${catalog} QUARANTINE`);
    writeFileSync(`${file}.bad`, String(quarantine));
    await same(`${file}.bad ${catalog} --format quarantine`);
  });
});

describe('--verbose', () => {
  it.each([
    [`stock.dat ${stock} --meta`, '--meta is given'],
    [`stock.dat ${stock} --to csv`, '--to csv is given'],
    ['till.cap --catalog till/catalog.yaml --raw', '--raw is given'],
  ])('tells why %s is decoded by the reference engine', long, async (options, reason) => {
    const line = `decoded by the reference engine, not the compiled one: ${reason}\n`;
    expect((await decode('compiled', `${options} --verbose`)).stderr).toContain(line);
    expect((await decode('compiled', options)).stderr).not.toContain('engine');
    expect((await decode('reference', `${options} --verbose`)).stderr).not.toContain('engine');
  });
});
