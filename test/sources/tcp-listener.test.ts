import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { SourceReport } from '../../src/sources/source-report.ts';
import { type TcpListenerOptions, tcpListener } from '../../src/sources/tcp-listener.ts';
import { besiege, connected, frameOf, LineReader, lengths, StoppedClock, turns } from './line.ts';

const open: (LineReader | Socket)[] = [];

afterEach(() => {
  for (const one of open.splice(0)) {
    if (one instanceof LineReader) one.source.close();
    else one.destroy();
  }
});

async function listening(options: Partial<TcpListenerOptions> = {}): Promise<LineReader> {
  const reports: SourceReport[] = [];
  const source = tcpListener({
    listen: '127.0.0.1:0',
    format: lengths,
    onReport: (report) => reports.push(report),
    ...options,
  });
  const reader = new LineReader(source, reports);
  open.push(reader);
  return reader;
}

async function sender(reader: LineReader, halfOpen = false): Promise<Socket> {
  const socket = await connected(await reader.port(), halfOpen);
  open.push(socket);
  socket.on('error', () => undefined);
  return socket;
}

const texts = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_unused, index) => `frame ${from + index}`);

describe('a listener', () => {
  test('gives the frames of all connections, at the time of the clock, however the bytes come', async () => {
    const clock = new StoppedClock();
    const reader = await listening({ clock });
    const [one, two] = [await sender(reader), await sender(reader)];
    const bytes = Buffer.concat(texts(0, 50).map(frameOf));
    for (let at = 0; at < bytes.length; at += 7) {
      one.write(bytes.subarray(at, at + 7));
      if (at % 70 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    two.write(Buffer.concat(texts(50, 100).map(frameOf)));
    await reader.until(() => reader.frames.length === 100);
    expect(reader.frames.filter((text) => texts(0, 50).includes(text))).toEqual(texts(0, 50));
    expect(reader.frames.filter((text) => texts(50, 100).includes(text))).toEqual(texts(50, 100));
    expect(new Set(reader.times)).toEqual(new Set([1_000_000]));
    expect(reader.source.read({ frames: 1, bytes: 1 })).toBeNull();
  });

  test('takes the last frame without waiting for a next one, and is caught up then', async () => {
    const reader = await listening();
    const socket = await sender(reader);
    socket.write(frameOf('alone'));
    await reader.until(() => reader.frames.length === 1 && reader.source.status === 'caught-up');
    socket.write(frameOf('next').subarray(0, 4));
    await reader.until(() => reader.source.status === 'disconnected'); // nobody knows: a frame has begun
    socket.write(frameOf('next').subarray(4));
    await reader.until(() => reader.source.status === 'caught-up');
    expect(reader.frames).toEqual(['alone', 'next']);
  });

  test('says of an ended connection how much of it was received and committed', async () => {
    const reader = await listening();
    const socket = await sender(reader);
    socket.end(Buffer.concat(texts(0, 3).map(frameOf)));
    await reader.untilReport('ended: 3 frames received, 3 committed');
    expect(reader.codes).toEqual([null, null]);
    expect(reader.source.status).toBe('disconnected'); // silence of nobody
  });

  test('gives an unfinished frame of a cut connection as garbage, warns, and is not caught up until somebody comes again', async () => {
    const reader = await listening();
    const [socket, other] = [await sender(reader), await sender(reader)];
    other.write(frameOf('other'));
    socket.write(Buffer.concat([frameOf('whole'), frameOf('unfinished').subarray(0, 5)]));
    await reader.until(() => reader.frames.length === 2);
    socket.end();
    await reader.untilReport('broke, not between two frames (it ended): 1 frames received, 1 committed; 5 bytes');
    expect(reader.frames.at(-1)).toBe('FRAME_CUT');
    expect(reader.codes).toContain('CONNECTION_LOST');
    for (let turn = 0; turn < 10; turn++) {
      reader.read();
      expect(reader.source.status).toBe('disconnected');
    }
    await sender(reader);
    await reader.until(() => reader.source.status === 'caught-up');
  });

  test('takes what was sent before a connection was reset', async () => {
    const reader = await listening();
    const socket = await sender(reader);
    socket.write(Buffer.concat(texts(0, 20).map(frameOf)));
    await reader.until(() => reader.frames.length === 20);
    socket.write(Buffer.concat(texts(20, 40).map(frameOf)));
    await turns(20);
    socket.resetAndDestroy();
    await turns(20);
    await reader.untilReport('broke (ECONNRESET): 40 frames received, 40 committed');
    expect(reader.frames).toEqual(texts(0, 40));
  });

  test('ends a connection whose other side only closed its half', async () => {
    const reader = await listening();
    const socket = await sender(reader, true);
    const closed = new Promise((resolve) => socket.on('end', resolve));
    socket.end(frameOf('last'));
    await reader.untilReport('ended: 1 frames received, 1 committed');
    await closed;
  });

  test('cuts a connection that is silent for too long, but not while it is itself not read', async () => {
    const clock = new StoppedClock();
    const reader = await listening({ clock, idle: 5000 });
    const socket = await sender(reader);
    socket.write(frameOf('one'));
    await reader.until(() => reader.source.status === 'caught-up');
    clock.time += 3_600_000; // an hour in which nobody asked
    reader.read();
    socket.write(frameOf('two'));
    await reader.until(() => reader.frames.length === 2);
    for (let second = 0; second < 6; second++) {
      clock.time += 1000;
      reader.read();
    }
    await reader.untilReport('broke (silent for 5000 ms): 2 frames received');
  });

  test('cuts a sender that never finishes its frame, one byte after the other', async () => {
    const clock = new StoppedClock();
    const reader = await listening({ clock });
    const socket = await sender(reader);
    socket.write(frameOf('good'));
    const slow = frameOf('x'.repeat(900));
    let sent = 0;
    await reader.until(() => {
      socket.write(slow.subarray(sent, ++sent));
      clock.time += 1000;
      return reader.reports.some(({ message }) => message.includes('a frame was not finished in 30000 ms'));
    });
    expect(sent).toBeLessThan(200);
    expect(reader.frames).toEqual(['good', 'FRAME_CUT']);
  });

  test('keeps garbage apart, and cuts a sender of nothing else', async () => {
    const reader = await listening();
    const socket = await sender(reader);
    socket.write(Buffer.concat([Buffer.alloc(10, 0xff), frameOf('good'), frameOf('next')]));
    await reader.until(() => reader.frames.length === 3);
    expect(reader.frames).toEqual(['HEADER_LENGTH', 'good', 'next']);
    const noise = Buffer.alloc(64 * 1024, 0xff);
    const pour = (): void => {
      while (!socket.destroyed && socket.write(noise));
      if (!socket.destroyed) socket.once('drain', pour);
    };
    pour();
    await reader.untilReport('nothing but garbage came');
    expect(reader.codes).toContain('CONNECTION_LOST');
  });

  test('allocates nothing for a length that is announced', async () => {
    const reader = await listening({ format: { format: 'bdw' } });
    const socket = await sender(reader);
    const before = process.memoryUsage().arrayBuffers;
    socket.write(Buffer.from('ffffffff', 'hex')); // a block of 2 GiB
    socket.write(Buffer.from('00080000f1f2f3f4', 'hex'));
    await reader.until(() => reader.frames.length === 1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 << 20);
    socket.end();
    await reader.untilReport('connection 1');
  });

  test('turns away a thousand connections beyond its cap, and goes on', async () => {
    const reader = await listening({ connections: 2 });
    const [one] = [await sender(reader), await sender(reader)];
    const port = await reader.port();
    for (let round = 0; round < 10; round++) {
      await besiege(port, 100);
      reader.read();
    }
    one.write(frameOf('still here'));
    await reader.until(() => reader.frames.length === 1);
    const refused = reader.reports.filter(({ code }) => code === 'CONNECTION_REFUSED');
    expect(refused.map(({ message }) => Number.parseInt(message, 10))).toEqual([1, 10, 100, 1000]);
  });

  test('says after a restart which connections were open, and how much of them is committed', async () => {
    const before = await listening();
    const socket = await sender(before);
    socket.write(Buffer.concat(texts(0, 3).map(frameOf)));
    await before.until(() => before.frames.length === 3);
    const reports: SourceReport[] = [];
    const after = tcpListener({ listen: '127.0.0.1:0', format: lengths, onReport: (report) => reports.push(report) });
    after.open(before.position);
    expect(reports.map(({ code }) => code)).toEqual(['CONNECTION_GAP']);
    expect(reports[0]?.message).toMatch(
      /^connection 1 with 127\.0\.0\.1:[0-9]+ was open .*: 3 frames of it are committed/,
    );
    after.close();
  });

  test('says nothing after a restart of connections that had ended in order, and a second time of none', async () => {
    const before = await listening();
    const socket = await sender(before);
    socket.end(Buffer.concat(texts(0, 3).map(frameOf)));
    await before.untilReport('ended: 3 frames received, 3 committed');
    before.read();
    const open = await sender(before);
    const reports: SourceReport[] = [];
    const onReport = (report: SourceReport): void => void reports.push(report);
    const after = tcpListener({ listen: '127.0.0.1:0', format: lengths, onReport });
    after.open(before.position);
    expect(reports).toEqual([]);
    after.close();
    open.write(frameOf('one'));
    await before.until(() => before.frames.length === 4);
    const later = tcpListener({ listen: '127.0.0.1:0', format: lengths, onReport });
    later.open(before.position);
    expect(reports.map(({ code }) => code)).toEqual(['CONNECTION_GAP']);
    const read = later.read({ frames: 1, bytes: 1 });
    expect(read?.frames).toEqual([]);
    later.close();
    reports.length = 0;
    const last = tcpListener({ listen: '127.0.0.1:0', format: lengths, onReport });
    last.open(read?.position ?? null);
    expect(reports).toEqual([]);
    last.close();
  });

  test('waits for a record of which only the length has come', async () => {
    const reader = await listening({ format: { format: 'rdw' } });
    const socket = await sender(reader);
    socket.write(Buffer.from('00070000f1f2f300080000', 'hex'));
    await reader.until(() => reader.frames.length === 1);
    await turns(20);
    reader.read();
    expect(reader.source.status).toBe('disconnected');
    socket.write(Buffer.from('f1f2f3f4', 'hex'));
    await reader.until(() => reader.frames.length === 2 && reader.source.status === 'caught-up');
  });

  test('warns of frames that it gave and that were never committed', async () => {
    const reader = await listening();
    const socket = await sender(reader);
    reader.commits = false;
    socket.write(Buffer.concat(texts(0, 3).map(frameOf)));
    await reader.until(() => reader.frames.length === 3);
    reader.source.close();
    expect(reader.reports.at(-1)).toMatchObject({
      code: 'CONNECTION_GAP',
      message: expect.stringContaining('3 frames received, 0 committed'),
    });
  });

  test('leaves what nobody reads with the sender', async () => {
    const reader = await listening();
    const socket = await sender(reader);
    const piece = Buffer.concat(Array.from({ length: 1000 }, () => frameOf('x'.repeat(500))));
    await reader.until(() => reader.source.status === 'caught-up');
    let taken = 0;
    let stuck = 0;
    socket.on('drain', () => {
      stuck = 0;
    });
    while (stuck++ < 30) {
      while (socket.writableLength === 0) {
        socket.write(piece);
        taken += piece.length;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(taken).toBeLessThan(64 << 20); // buffers of the system, not ours
    expect(reader.frames).toEqual([]);
    await reader.until(() => reader.frames.length * 502 === taken);
  });

  test('ends with its last connection when it is told so', async () => {
    const reader = await listening({ follow: false });
    const socket = await sender(reader);
    expect(reader.source.status).toBe('disconnected');
    socket.end(frameOf('last'));
    await reader.until(() => reader.source.status === 'ended');
    expect(reader.frames).toEqual(['last']);
  });

  test('is refused on an address that others reach, and says when it cannot listen', async () => {
    for (const listen of ['0.0.0.0:0', '[::]:0', 'example.org:80', '192.0.2.1:80', '127.0.0.1.example.org:80']) {
      expect(() => tcpListener({ listen, format: lengths })).toThrow(/is not on this machine/);
    }
    for (const listen of ['127.0.0.1', ':80', '127.0.0.1:99999', 'a b:1', '::1:80']) {
      expect(() => tcpListener({ listen, format: lengths })).toThrow(/is no address/);
    }
    const reader = await listening();
    const taken = await listening({ listen: `127.0.0.1:${await reader.port()}` });
    await expect(taken.until(() => false)).rejects.toMatchObject({ code: 'IO' });
  });
});
