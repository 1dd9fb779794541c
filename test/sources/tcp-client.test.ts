import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Journal } from '../../src/runtime/embedded/journal.ts';
import { runPartition } from '../../src/runtime/embedded/run-partition.ts';
import type { SourceReport } from '../../src/sources/source-report.ts';
import { type TcpClientOptions, tcpClient } from '../../src/sources/tcp-client.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { Relay } from '../runtime/relay.ts';
import { frameOf, LineReader, lengths, StoppedClock, turns } from './line.ts';

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server that does to each connection what it is told, in turn. */
async function serving(
  ...acts: ((socket: Socket) => void)[]
): Promise<{ server: Server; port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
    (acts[sockets.length - 1] ?? acts.at(-1))?.(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { server, port: (server.address() as AddressInfo).port, sockets };
}

function calling(port: number, options: Partial<TcpClientOptions> = {}): LineReader {
  const reports: SourceReport[] = [];
  const connect = `127.0.0.1:${port}`;
  const onReport = (report: SourceReport): void => void reports.push(report);
  const reader = new LineReader(tcpClient({ connect, format: lengths, onReport, ...options }), reports);
  ends.push(() => reader.source.close());
  return reader;
}

describe('a client', () => {
  test('gives the frames of the other side, and connects again whenever it has lost it', async () => {
    const { port, sockets } = await serving(
      (socket) => socket.end(Buffer.concat([frameOf('one'), frameOf('cut').subarray(0, 4)])),
      (socket) => socket.write(frameOf('two'), () => setTimeout(() => socket.resetAndDestroy(), 20)),
      (socket) => socket.write(frameOf('three')),
    );
    const reader = calling(port);
    await reader.until(() => reader.frames.at(-1) === 'three' && reader.source.status === 'caught-up');
    expect(reader.frames).toEqual(['one', 'FRAME_CUT', 'two', 'three']);
    expect(sockets).toHaveLength(3);
    expect(reader.codes.filter((code) => code !== null)).toEqual(['CONNECTION_LOST', 'CONNECTION_LOST']);
    expect(reader.reports.map(({ message }) => message).join('\n')).toContain(
      '1 frames received, 1 committed; 4 bytes',
    );
  });

  test('waits twice as long after each attempt that came to nothing, up to ten seconds', async () => {
    const { port, sockets } = await serving((socket) => void socket.end());
    const clock = new StoppedClock();
    const reader = calling(port, { clock });
    const times: number[] = [];
    for (let step = 0; step < 700; step++) {
      clock.time += 100;
      for (let turn = 0; turn < 2; turn++) {
        reader.read();
        await turns(4);
      }
      while (times.length < sockets.length) times.push(clock.time);
    }
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(waits.length).toBeGreaterThan(6);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(Math.min(10_000, 100 * 2 ** index));
      expect(wait).toBeLessThanOrEqual(Math.min(10_000, 200 * 2 ** index) + 500);
    }
  });

  test('says once that nobody is there', async () => {
    const { server, port } = await serving(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const clock = new StoppedClock();
    const reader = calling(port, { clock });
    for (let step = 0; step < 100; step++) {
      clock.time += 1000;
      reader.read();
      await turns(4);
    }
    expect(reader.source.status).toBe('disconnected');
    expect(reader.codes).toEqual(['CONNECTION_LOST']);
  });

  test('gets through when the other side is there again', async () => {
    const { server, port } = await serving(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const reader = calling(port);
    await reader.untilReport('no connection with');
    const later = createServer((socket) => void socket.end(frameOf('here')));
    ends.push(() => later.close());
    await new Promise<void>((resolve) => later.listen(port, '127.0.0.1', resolve));
    await reader.until(() => reader.frames.length > 0);
    expect(reader.frames[0]).toBe('here');
  });

  test('is never idle while the connection is lost: no tick passes, however long that takes', async () => {
    const { server, port, sockets } = await serving((socket) => void socket.write(frameOf('request')));
    const environment = openMemoryEnvironment();
    const reports: SourceReport[] = [];
    const onReport = (report: SourceReport): void => void reports.push(report);
    const source = tcpClient({ connect: `127.0.0.1:${port}`, format: lengths, onReport });
    const stop = new AbortController();
    const options = { pipeline: 'test', partition: 0, environment, sources: [source], process: new Relay() };
    const running = runPartition({ ...options, idle: { after: 20, tick: 20 }, poll: 5 }, stop.signal);
    const ticks = (): number =>
      [...new Journal(environment, 'test').replay(0, [source])].flat().filter(({ kind }) => kind === 'tick').length;
    const until = async (holds: () => boolean): Promise<void> => {
      for (let turn = 0; turn < 2000 && !holds(); turn++) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(holds()).toBe(true);
    };
    await until(() => ticks() >= 2); // connected and silent
    server.close();
    for (const socket of sockets) socket.destroy();
    await until(() => reports.some(({ message }) => message.startsWith('no connection with')));
    const before = ticks();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ticks()).toBe(before);
    stop.abort();
    await running;
    expect(ticks()).toBe(before);
  });

  test('ends when the other side has ended in order, if it is told so; one that broke is connected again', async () => {
    const { port } = await serving(
      (socket) => void socket.end(frameOf('cut').subarray(0, 3)),
      (socket) => void socket.end(frameOf('all')),
    );
    const reader = calling(port, { follow: false });
    await reader.until(() => reader.source.status === 'ended');
    expect(reader.frames).toEqual(['FRAME_CUT', 'all']);
  });

  test('does not call other machines unless it is allowed to', () => {
    expect(() => tcpClient({ connect: '192.0.2.1:80', format: lengths })).toThrow(/is not on this machine/);
    expect(() => tcpClient({ connect: '192.0.2.1:80', allowRemote: true, format: lengths })).not.toThrow();
  });
});
