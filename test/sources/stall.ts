import { Journal } from '../../src/runtime/embedded/journal.ts';
import { runPartition } from '../../src/runtime/embedded/run-partition.ts';
import type { SourceReport } from '../../src/sources/source-report.ts';
import { tcpListener } from '../../src/sources/tcp-listener.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { Relay } from '../runtime/relay.ts';
import { besiege, connected, frameOf, lengths } from './line.ts';

/** What was seen while a sink stalled. */
export interface Stall {
  /** Frames the source gave while it lasted. */
  readonly taken: number;
  /** By how many bytes resident memory grew between its beginning and its end. */
  readonly grown: number;
  /** Ticks in the journal that came of it. */
  readonly ticks: number;
  /** Frames sent and frames written to the sink in the end. */
  readonly sent: number;
  readonly written: number;
  /** Connections that were turned away meanwhile. */
  readonly refused: number;
}

const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000 * count));

/** Let the sink of a pipeline that reads a line stall for so long, while the sender sends all it can, and others knock in vain. */
export async function stall(length: number, besiegers: number): Promise<Stall> {
  const environment = openMemoryEnvironment();
  const reports: SourceReport[] = [];
  const onReport = (report: SourceReport): void => void reports.push(report);
  const source = tcpListener({ listen: '127.0.0.1:0', format: lengths, connections: 1, onReport });
  const read = source.read.bind(source);
  let taken = 0;
  source.read = (limit) => {
    const given = read(limit);
    taken += given?.frames.length ?? 0;
    return given;
  };
  let written = 0;
  let release: (() => void) | null = null;
  let stalls = false;
  const sink = {
    name: 'stalling',
    position: '',
    open(): void {},
    close(): void {},
    async write(records: readonly unknown[]): Promise<void> {
      if (stalls)
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      written += records.length;
    },
  };
  const stop = new AbortController();
  const outputs = { relayed: { keep: false, sinks: [sink] } };
  const idle = { after: 100, tick: 100 };
  const process_ = new Relay();
  const running = runPartition(
    {
      pipeline: 'test',
      partition: 0,
      environment,
      sources: [source],
      process: process_,
      outputs,
      idle,
      journal: { bytes: 1 << 20 },
    },
    stop.signal,
  );
  while (reports.length === 0) await seconds(0.01);
  const port = Number(/[0-9]+$/.exec(reports[0]?.message ?? '')?.[0]);
  const socket = await connected(port);
  const piece = Buffer.concat(Array.from({ length: 200 }, () => frameOf('x'.repeat(498))));
  let sent = 0;
  let sending = true;
  const pour = (): void => {
    let room = true;
    while (sending && room) {
      room = socket.write(piece);
      sent += 200;
    }
    if (sending) socket.once('drain', pour);
  };
  pour();
  await seconds(0.7); // all code has run, all buffers are there
  stalls = true;
  await seconds(0.3);
  const { rss } = process.memoryUsage();
  const before = taken;
  const end = performance.now() + 1000 * length;
  for (let knocked = 0; knocked < besiegers; knocked += 100) await besiege(port, 100);
  await seconds(Math.max(0, (end - performance.now()) / 1000));
  const during = taken;
  const grown = process.memoryUsage().rss - rss;
  stalls = false;
  (release as (() => void) | null)?.();
  sending = false;
  for (let turn = 0; turn < 3000 && written < sent; turn++) await seconds(0.01);
  socket.destroy();
  stop.abort();
  await running;
  const entries = [...new Journal(environment, 'test').replay(0, [source])].flat();
  const ticks = entries.filter(({ kind }) => kind === 'tick').length;
  const last = reports.filter(({ code }) => code === 'CONNECTION_REFUSED').at(-1);
  const refused = Number.parseInt(last?.message ?? '0', 10);
  return { taken: during - before, grown, ticks, sent, written, refused };
}
