import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected } from '../sources/line.ts';
import { workFolder } from './overpunch.ts';

const { folder, environment } = workFolder();
const long = { timeout: 60_000 };
const itc = fileURLToPath(new URL('../../copybooks/itc', import.meta.url));

afterAll(() => rmSync(folder, { recursive: true }));

function sh(command: string): { stdout: string; stderr: string; status: number | null } {
  return spawnSync('bash', ['-c', command], { cwd: folder, env: environment, encoding: 'utf8' });
}

beforeAll(() => {
  cpSync(itc, join(folder, 'itc'), { recursive: true });
  sh('overpunch generate --catalog itc/catalog.yaml --seed 3 --frames 600 --clean --quiet -o day.cap');
  const pipeline = (name: string, source: string): void =>
    writeFileSync(
      join(folder, `${name}.yaml`),
      `pipeline: ${name}\ncatalog: itc/catalog.yaml\ndata: ${name}\nsources: [{ ${source} }]\ncorrelation: { maxFuture: 900000h }\n`,
    );
  pipeline('line', 'tcp: { listen: 127.0.0.1:0 }, format: capture');
  pipeline('input', 'stdin: true');
});

/** A pipeline that runs: what it wrote so far, and how it ended. */
class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output = '';
  messages = '';

  constructor(pipeline: string) {
    this.child = spawn('overpunch', ['run', pipeline], { cwd: folder, env: environment });
    this.child.stdout?.on('data', (data) => {
      this.output += String(data);
    });
    this.child.stderr?.on('data', (data) => {
      this.messages += String(data);
    });
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
  }

  async until(text: RegExp): Promise<RegExpExecArray> {
    for (let turn = 0; turn < 3000; turn++) {
      const found = text.exec(this.messages);
      if (found !== null) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${text} never came: ${this.messages}`);
  }
}

describe('a pipeline on a line', () => {
  it('commits at SIGTERM what it has taken, says how much that is, and goes on later', long, async () => {
    const bytes = readFileSync(join(folder, 'day.cap'));
    const first = new Running('line.yaml');
    const [, port] = await first.until(/listening on 127\.0\.0\.1:([0-9]+)/);
    const done = await connected(Number(port));
    done.end(bytes);
    await first.until(/connection 1 with .* ended: 600 frames received, 600 committed/);
    const busy = await connected(Number(port));
    busy.on('error', () => undefined);
    let stopped = false;
    const pour = (): void => {
      while (!stopped && busy.write(bytes));
      if (!stopped) busy.once('drain', pour);
    };
    pour();
    await new Promise((resolve) => setTimeout(resolve, 200));
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(143);
    stopped = true;
    busy.destroy();
    expect(first.messages).toContain('stopped by a signal; what is done is kept');
    const [, received, committed] = await first.until(/connection 2 .*: ([0-9]+) frames received, ([0-9]+) committed/);
    expect(received).toBe(committed);
    const [, taken] = /^frames in ([0-9]+) = /m.exec(first.output) ?? [];
    expect(Number(taken)).toBe(600 + Number(committed));

    const second = new Running('line.yaml');
    const [, other] = await second.until(/listening on 127\.0\.0\.1:([0-9]+)/);
    expect(second.messages.match(/CONNECTION_GAP/g)?.length ?? 0).toBe(Number(committed) > 0 ? 1 : 0);
    const lost = await connected(Number(other));
    lost.on('error', () => undefined);
    await new Promise((resolve) => lost.write(bytes, resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    second.child.kill('SIGKILL');
    await second.ended;

    const third = new Running('line.yaml');
    await third.until(/listening on/);
    const [, kept = '0'] =
      /was open when the last run ended: ([0-9]+) frames of it are committed/.exec(third.messages) ?? [];
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(130);
    expect(third.output).toContain(`frames in ${Number(taken) + Number(kept)} = `);
  });
});

describe('a pipeline on standard input', () => {
  it('reads a file once, what else comes each time, and ends well when nobody reads what it counted', long, () => {
    const frames = (text: string): string | undefined => /^frames in ([0-9]+) /m.exec(text)?.[1];
    const closed = sh(`overpunch run input.yaml --quiet <day.cap | true; echo \${PIPESTATUS[0]}`);
    expect(closed).toMatchObject({ stdout: '0\n', stderr: '' });
    expect(frames(sh('overpunch run input.yaml --quiet <day.cap').stdout)).toBe('600');
    expect(frames(sh('cat day.cap | overpunch run input.yaml --quiet').stdout)).toBe('1200');
  });
});
