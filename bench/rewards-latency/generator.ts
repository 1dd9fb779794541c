/**
 * Sends frames over TCP at the times they are planned for, whatever becomes of them: `generator.ts PHASES DATE`, in a process of its own. Its parent
 * is told what is planned, answers with the port, and is told how late it was.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'hdr-histogram-js';
import { loadCatalog } from 'overpunch/frames';
import { FrameCycle } from './frame-cycle.ts';
import { type GeneratorMessage, monotonic, type Phase, type PlannedPhase, type SentPhase } from './phase.ts';
import { runInRealTime } from './real-time.ts';

const longestCycle = 10; // seconds
const pause = 0.3; // milliseconds between looks at what is due: timers are too coarse for it
const lead = 0.2; // seconds from the word to go to the first frame

const date = Number(process.argv[3]);
const catalog = loadCatalog(fileURLToPath(new URL('../../copybooks/itc/catalog.yaml', import.meta.url)));
const arena = Buffer.allocUnsafeSlow(1 << 25);
const sleeping = new Int32Array(new SharedArrayBuffer(4));
const tell = (message: GeneratorMessage): void => void process.send?.(message);

interface Plan {
  readonly phase: PlannedPhase;
  readonly cycle: FrameCycle;
  readonly firstTransaction: number;
}

function planned(phases: readonly Phase[]): readonly Plan[] {
  const cycles = new Map<string, FrameCycle>();
  let [firstBet, firstTransaction] = [0, 0];
  return phases.map((phase) => {
    const length = phase.rate * Math.min(longestCycle, phase.seconds);
    const name = `${phase.rate} ${length}`;
    const cycle = cycles.get(name) ?? new FrameCycle(catalog, phase.rate, length, date);
    cycles.set(name, cycle);
    const frames = phase.rate * phase.seconds;
    const { bets, completing, asking } = cycle;
    const plan = {
      phase: { ...phase, frames, cycle: length, firstBet, bets, completing, asking },
      cycle,
      firstTransaction,
    };
    const times = Math.ceil(frames / length);
    firstBet += times * bets;
    firstTransaction += times * cycle.transactions;
    return plan;
  });
}

let used = 0;

/** Give bytes to send, none of which waits to be sent: the same ones again and again, so that nothing has to be collected while times are kept. */
function room(length: number, waiting: number): Buffer {
  if (waiting + 2 * length > arena.length / 2) return Buffer.allocUnsafeSlow(length);
  if (used + length > arena.length) used = 0;
  const bytes = arena.subarray(used, used + length);
  used += length;
  return bytes;
}

/** Send a phase from a time on. A frame is due at `start` and its number by the rate. */
async function send(socket: Socket, { phase, cycle, firstTransaction }: Plan, start: number): Promise<SentPhase> {
  const { rate, frames, firstBet } = phase;
  const lateness = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  });
  const gap = 1e9 / rate;
  const wall = Date.now() + (start - monotonic()) / 1e6;
  let sent = 0;
  let waiting = 0;
  while (sent < frames) {
    const due = Math.min(frames, Math.floor((monotonic() - start) / gap) + 1);
    if (due > sent) {
      const round = Math.floor(sent / cycle.frames);
      const base = round * cycle.frames;
      const to = Math.min(due, base + cycle.frames);
      const time = (frame: number): number => Math.floor(wall + ((base + frame) * gap) / 1e6);
      const transactions = firstTransaction + round * cycle.transactions;
      const bytes = room(cycle.lengthOf(sent - base, to - base), socket.writableLength);
      cycle.copy(bytes, sent - base, to - base, time, transactions, firstBet + round * cycle.bets);
      socket.write(bytes);
      const now = monotonic();
      for (let frame = sent; frame < to; frame++) {
        lateness.recordValue(Math.max(0, Math.round((now - start - frame * gap) / 1000)));
      }
      sent = to;
      waiting = Math.max(waiting, socket.writableLength);
      if (to < due) continue;
    }
    Atomics.wait(sleeping, 0, 0, pause);
    await setImmediate(); // the socket goes on with what waits
  }
  const at = (percentile: number): number => lateness.getValueAtPercentile(percentile);
  return { start, sent, lateness: { p50: at(50), p99: at(99), max: lateness.maxValue }, waiting };
}

const plans = planned(JSON.parse(process.argv[2] ?? '[]') as Phase[]);
globalThis.gc?.();
runInRealTime();
tell({ kind: 'ready', phases: plans.map(({ phase }) => phase) });
const [port] = (await once(process, 'message')) as [number];
const socket = connect({ port, host: '127.0.0.1', noDelay: true });
await once(socket, 'connect');
const phases: SentPhase[] = [];
let start = monotonic() + lead * 1e9;
for (const plan of plans) {
  phases.push(await send(socket, plan, start));
  start += plan.phase.seconds * 1e9; // when the next one is due, whatever this one took
}
socket.end();
await once(socket, 'finish');
tell({ kind: 'sent', phases, flushed: monotonic() });
await once(socket, 'close');
process.disconnect();
