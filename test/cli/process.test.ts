import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures, workFolder } from './overpunch.ts';

const { folder, environment } = workFolder();
const out = join(folder, 'out');
const long = { timeout: 60_000 };
const views = '-c stock.cpy --view REC-TYPE:T=TEXT-DETAIL --view REC-TYPE:P=PRICE-DETAIL';

beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
});
afterAll(() => rmSync(folder, { recursive: true }));

function sh(command: string): { stdout: string; stderr: string; status: number | null } {
  return spawnSync('bash', ['-c', command], { cwd: fixtures, env: { ...environment, OUT: out }, encoding: 'utf8' });
}

/** A file of many records, big enough to be still at work when something happens. */
function bigFile(): string {
  const file = join(out, 'big.dat');
  const stock = readFileSync(join(fixtures, 'stock.dat'));
  writeFileSync(file, Buffer.concat(Array.from({ length: 20_000 }, () => stock)));
  return file;
}

describe('a closed pipe', () => {
  it('ends the run quietly with status 0', long, () => {
    const { stdout, stderr, status } = sh(
      `overpunch decode ${bigFile()} ${views} --quiet | head -1; exit \${PIPESTATUS[0]}`,
    );
    expect(stdout.split('\n')).toHaveLength(2);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('does so for --help too', long, () => {
    const { stderr, status } = sh(`overpunch decode --help | head -1; exit \${PIPESTATUS[0]}`);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
});

describe('an interrupted run', () => {
  const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.on('exit', resolve));

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at %s with status %i and leaves no temporary file', long, async (signal, status) => {
    const args = [
      'decode',
      '-',
      ...views.split(' '),
      '-o',
      join(out, 'result.jsonl'),
      '--quarantine',
      join(out, 'bad.jsonl'),
    ];
    const child = spawn('overpunch', args, { cwd: fixtures, env: environment, stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin?.write(readFileSync(join(fixtures, 'stock.dat')));
    while (readdirSync(out).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(readdirSync(out).every((name) => name.includes('.part-'))).toBe(true);
    child.kill(signal);
    expect(await ended(child)).toBe(status);
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('a run that waits for the other end of a pipe', () => {
  it.each(['-o', '--quarantine', 'input'])('can be interrupted (%s)', long, (which) => {
    const files = which === 'input' ? '$OUT/pipe' : `stock.dat ${which} $OUT/pipe`;
    const { stdout } = sh(
      `mkfifo $OUT/pipe; timeout --preserve-status -s INT 2 overpunch decode ${files} ${views} --quiet >$OUT/x; echo $?; ls $OUT`,
    );
    expect(stdout).toBe('130\npipe\nx\n');
  });

  it('can be interrupted while nothing comes through it', long, () => {
    const { stdout } = sh(
      `mkfifo $OUT/pipe; sleep 9 >$OUT/pipe & timeout --preserve-status -s INT 2 overpunch decode $OUT/pipe ${views} --quiet; echo $?; kill %1`,
    );
    expect(stdout).toBe('130\n');
  });
});

describe('-o', () => {
  it('writes into a device and leaves it a device', long, () => {
    const { status } = sh(`overpunch decode stock.dat ${views} -o /dev/null --quiet`);
    expect(status).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('writes into a pipe and leaves it a pipe', long, () => {
    const command = `mkfifo $OUT/pipe; overpunch decode stock.dat ${views} -o $OUT/pipe --quiet & cat $OUT/pipe | wc -l; wait $!`;
    const { stdout, status } = sh(command);
    expect({ lines: stdout.trim(), status }).toEqual({ lines: '5', status: 0 });
    expect(statSync(join(out, 'pipe')).isFIFO()).toBe(true);
  });

  it('writes to /dev/stdout wherever that leads', long, () => {
    expect(sh(`overpunch decode stock.dat ${views} -o /dev/stdout --quiet | wc -l`).stdout.trim()).toBe('5');
    expect(
      sh(`overpunch decode stock.dat ${views} -o /dev/stdout --quiet >$OUT/file; wc -l <$OUT/file`).stdout.trim(),
    ).toBe('5');
  });

  it('keeps what was there until the result is complete, and the mode of the file', long, () => {
    const file = join(out, 'result.jsonl');
    writeFileSync(file, 'old', { mode: 0o600 });
    expect(sh(`overpunch decode stock-bad.dat ${views} -o ${file} --strict --quiet`).status).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(out)).toEqual(['result.jsonl']);
    expect(sh(`overpunch decode stock.dat ${views} -o ${file} --quiet`).status).toBe(0);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(6);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is given what came before the record that --strict stops at, when it is no file', long, () => {
    const { stdout, status } = sh(`overpunch decode stock-bad.dat ${views} --strict --quiet 2>/dev/null`);
    expect({ lines: stdout.trim().split('\n').length, status }).toEqual({ lines: 2, status: 1 });
    expect(
      JSON.parse(sh(`overpunch decode stock-bad.dat ${views} --strict --to json --quiet 2>/dev/null`).stdout),
    ).toHaveLength(2);
    sh(`overpunch decode stock-bad.dat ${views} --strict --quiet -o $OUT/result --quarantine $OUT/bad`);
    expect(readdirSync(out)).toEqual(['bad']);
  });

  it('does not appear when the quarantine cannot be written', long, () => {
    const { status, stderr } = sh(`overpunch decode stock-bad.dat ${views} --quarantine /dev/full -o $OUT/a.jsonl`);
    expect({ status, files: readdirSync(out) }).toEqual({ status: 2, files: [] });
    expect(stderr).toContain('/dev/full: IO: ');
  });

  it('is said not to be written when --strict stops', long, () => {
    const { status, stderr } = sh(`overpunch decode stock-bad.dat ${views} --strict -o $OUT/a.jsonl`);
    expect({ status, files: readdirSync(out) }).toEqual({ status: 1, files: [] });
    expect(stderr).toContain('a.jsonl is not written');
  });

  it('comes from the same options file under every command', long, () => {
    writeFileSync(join(out, 'shared.yaml'), 'names: snake\nto: csv\nlimit: 1\n');
    const { status, stdout } = sh('overpunch types stock.cpy --options $OUT/shared.yaml');
    expect({ status, snake: stdout.includes("'rec_type'") }).toEqual({ status: 0, snake: true });
  });

  it('writes to where a link leads and leaves the link', long, () => {
    writeFileSync(join(out, 'target'), 'old');
    symlinkSync('target', join(out, 'link'));
    expect(sh(`overpunch decode stock.dat ${views} -o $OUT/link --quiet`).status).toBe(0);
    expect(readFileSync(join(out, 'target'), 'utf8')).not.toBe('old');
    expect(readdirSync(out).sort()).toEqual(['link', 'target']);
  });

  it('does not write over its input', long, () => {
    const { stderr, status } = sh(`cp stock.dat $OUT/in; overpunch decode $OUT/in ${views} -o $OUT/../out/in`);
    expect({ stderr, status }).toEqual({ stderr: expect.stringContaining('written over while it is read'), status: 2 });
  });
});

describe('the quarantine', () => {
  it('gives back the bad records as they were, and the same lines when they are still bad', long, () => {
    const options = `${views} --quiet`;
    sh(`overpunch decode stock-bad.dat ${options} --quarantine $OUT/one.jsonl -o $OUT/good.jsonl`);
    const again = sh(`overpunch decode $OUT/one.jsonl ${options} --format quarantine --quarantine $OUT/two.jsonl`);
    expect(again).toMatchObject({ stdout: '', status: 1 });
    const raw = (name: string): unknown[] =>
      readFileSync(join(out, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => {
          const { _file, _record, _offset, _length, _raw } = JSON.parse(line);
          return { _file, _record, _offset, _length, _raw };
        });
    expect(raw('two.jsonl')).toEqual(raw('one.jsonl'));
    expect(raw('one.jsonl')).toHaveLength(2);
  });

  it('and the output together hold every byte of a damaged file', long, () => {
    sh(
      `overpunch decode order-bad.vb -c order.cpy -I copylib --format rdw --raw --quiet --quarantine $OUT/bad -o $OUT/good`,
    );
    const raw = ['good', 'bad'].flatMap((name) =>
      readFileSync(join(out, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)._raw),
    );
    const file = readFileSync(join(fixtures, 'order-bad.vb'));
    expect(raw.join('')).toBe(file.subarray(4).toString('hex').toUpperCase());
  });
});

describe('memory', () => {
  it('does not grow with the input', { timeout: 120_000 }, () => {
    const file = join(out, 'zeros');
    const handle = openSync(file, 'w');
    for (let part = 0; part < 64; part += 1) writeSync(handle, Buffer.alloc(1024 * 1024, 0x40));
    closeSync(handle);
    const command = `cat $OUT/zeros | NODE_OPTIONS=--max-old-space-size=40 overpunch decode - -c stock.cpy --record-length 65536 --quiet --select REC-TYPE -o $OUT/x`;
    expect(sh(`${command}; wc -l <$OUT/x`).stdout.trim()).toBe('1024');
  });
});
