import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDataDirectory, ProgressTable, TopicReader, TopicStore } from 'overpunch/runtime';
import { type GeneratorMessage, monotonic, type Phase, type PlannedPhase, type SentPhase } from './phase.ts';
import { writePipelineFolder } from './pipeline-folder.ts';
import { runInRealTime } from './real-time.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const betsPerFrame = 0.3; // more than there are
const terminalDigits = 5; // of a ticket, in front of the number of the bet

/** Rewards in the order of their bets' completing frames: when that was to be sent, and how long it took until a reader had the reward, in nanoseconds. */
export interface MeasuredPhase extends PlannedPhase, SentPhase {
  readonly intended: Float64Array;
  readonly latencies: Float64Array;
  /** The same from the frame that asked for the bet. */
  readonly sinceAsked: Float64Array;
}

/** What came of a run. */
export interface MeasuredRun {
  readonly phases: readonly MeasuredPhase[];
  /** Frames that were sent, and those that the equations of the pipeline account for. */
  readonly sent: number;
  readonly accounted: number;
  /** Commits of the flow. */
  readonly commits: number;
  /** When the pipeline had taken the last byte. */
  readonly flushed: number;
}

/** Run a durable pipeline with rewards in a folder, send it frames, and note when each reward can be read by another process, which is this one. */
export async function measuredRun(folder: string, phases: readonly Phase[]): Promise<MeasuredRun> {
  const started: ChildProcess[] = [];
  try {
    const today = new Date().toISOString().slice(0, 10);
    const plan = [JSON.stringify(phases), today.replaceAll('-', '')];
    const generator = fork(join(root, 'bench/rewards-latency/generator.ts'), plan, {
      execArgv: ['--expose-gc', '--import', 'tsx'],
      serialization: 'advanced',
    });
    started.push(generator);
    const planned = await heard(generator, 'ready');
    const frames = phases.reduce((sum, { rate, seconds }) => sum + rate * seconds, 0);
    const entries = writePipelineFolder(folder, today, frames * betsPerFrame);
    const profile = process.env['OVERPUNCH_PROFILE']; // a folder for a profile of the pipeline
    const flags = profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile];
    const command = [...flags, join(root, 'bin/overpunch.js'), 'run', join(folder, 'pipeline.yaml'), '--json'];
    const pipeline = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(pipeline);
    let [summary, remarks] = ['', ''];
    pipeline.stdout?.on('data', (text) => (summary += text));
    pipeline.stderr?.on('data', (text) => (remarks += text));
    const ended = once(pipeline, 'close') as Promise<[number]>;
    const portOf = (): string | undefined => /listening on [^ ]*:([0-9]+)/.exec(remarks)?.[1];
    while (portOf() === undefined) {
      if (pipeline.exitCode !== null) throw new Error(`the pipeline ended: ${remarks}`);
      await setTimeout(20);
    }
    const data = openDataDirectory(join(folder, 'data'), { readOnly: true });
    const environment = data.partition(0);
    const progress = new ProgressTable(environment);
    while (progress.get('latency.rewards').processed < entries) {
      await setTimeout(100);
      environment.renew();
    }
    runInRealTime();
    const sent = heard(generator, 'sent');
    generator.send(Number(portOf()));
    const seen = new SeenRewards();
    let running = true;
    void ended.then(() => (running = false));
    const reader = new TopicReader(new TopicStore(environment), 'rewards');
    while (running) {
      environment.renew();
      const records = reader.read(10_000);
      const now = monotonic();
      for (const { key } of records) seen.add(Number(Buffer.from(key).toString('latin1', terminalDigits)), now);
      if (records.length === 0) await setTimeout(1);
      else await setTimeout(0);
    }
    const [status] = await ended;
    environment.renew();
    const { batches: commits } = progress.get('latency');
    const { phases: sentPhases, flushed } = await sent;
    await data.close();
    if (status !== 0) throw new Error(`the pipeline ended with ${status}: ${remarks}`);
    const { frames: accounted, rewards } = JSON.parse(summary) as { frames: number; rewards: { rewarded: number } };
    assert.ok(seen.count > 0, `no reward was seen: ${JSON.stringify(rewards)}`);
    return {
      phases: planned.phases.map((phase, index) => measured(phase, sentPhases[index] as SentPhase, seen)),
      sent: sentPhases.reduce((sum, phase) => sum + phase.sent, 0),
      accounted,
      commits,
      flushed,
    };
  } finally {
    for (const child of started) if (child.exitCode === null) child.kill();
  }
}

async function heard<Kind extends GeneratorMessage['kind']>(
  generator: ChildProcess,
  kind: Kind,
): Promise<Extract<GeneratorMessage, { kind: Kind }>> {
  const ended = once(generator, 'exit').then(([status]) => {
    throw new Error(`the generator ended with ${status}`);
  });
  const [message] = (await Promise.race([once(generator, 'message'), ended])) as [GeneratorMessage];
  assert.equal(message.kind, kind);
  return message as Extract<GeneratorMessage, { kind: Kind }>;
}

/** Bets whose rewards were seen, and when. */
class SeenRewards {
  #bets: Float64Array = new Float64Array(4096);
  #times: Float64Array = new Float64Array(4096);
  count = 0;

  add(bet: number, time: number): void {
    if (this.count === this.#bets.length) {
      this.#bets = doubled(this.#bets);
      this.#times = doubled(this.#times);
    }
    this.#bets[this.count] = bet;
    this.#times[this.count++] = time;
  }

  *between(from: number, to: number): Generator<readonly [bet: number, time: number]> {
    for (let index = 0; index < this.count; index++) {
      const bet = this.#bets[index] as number;
      if (bet >= from && bet < to) yield [bet, this.#times[index] as number];
    }
  }
}

function doubled(column: Float64Array): Float64Array {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}

function measured(phase: PlannedPhase, sent: SentPhase, seen: SeenRewards): MeasuredPhase {
  const { rate, frames, cycle, firstBet, bets, completing, asking } = phase;
  const gap = 1e9 / rate;
  const rows: (readonly [number, number, number])[] = [];
  for (const [bet, time] of seen.between(firstBet, firstBet + Math.ceil(frames / cycle) * bets)) {
    const round = Math.floor((bet - firstBet) / bets);
    const number = (bet - firstBet) % bets;
    const timeOf = (frame = 0): number => sent.start + (round * cycle + frame) * gap;
    const intended = timeOf(completing[number]);
    rows.push([intended, time - intended, time - timeOf(asking[number])]);
  }
  rows.sort(([one], [other]) => one - other);
  return {
    ...phase,
    ...sent,
    intended: Float64Array.from(rows, ([intended]) => intended),
    latencies: Float64Array.from(rows, ([, latency]) => latency),
    sinceAsked: Float64Array.from(rows, ([, , latency]) => latency),
  };
}
