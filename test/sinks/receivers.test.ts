import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { batchLines } from '../../src/sinks/batch-lines.ts';
import { streamReceiver } from '../../src/sinks/stream-receiver.ts';
import { type TcpReceiver, type TcpReceiverOptions, tcpReceiver } from '../../src/sinks/tcp-receiver.ts';
import type { TopicBatch } from '../../src/streams/receiver.ts';
import { BatchListener } from './batch-listener.ts';

function batchOf(number: number, ...values: readonly string[]): TopicBatch {
  const records = values.map((value) => ({ key: new Uint8Array(0), time: null, value: Buffer.from(value) }));
  return { pipeline: 'itc', topic: 'bets', partition: 0, number, offset: 10 * number, records };
}

const { signal } = new AbortController();

describe('a batch as lines', () => {
  test('begins with a line that says what follows', () => {
    const head = '{"pipeline":"itc","topic":"bets","partition":0,"batch":7,"offset":70,"records":2}';
    expect(batchLines(batchOf(7, '{"n":1}', '{"n":"ü"}')).toString()).toBe(`${head}\n{"n":1}\n{"n":"ü"}\n`);
  });
});

describe('a stream as a receiver', () => {
  test('gets one batch whole before the next', async () => {
    const written: string[] = [];
    let release: () => void = () => undefined;
    const receiver = streamReceiver({
      write: (bytes) => {
        written.push(Buffer.from(bytes).toString());
        return new Promise((resolve) => {
          release = resolve;
        });
      },
    });
    const both = [receiver.deliver(batchOf(1, '1'), signal), receiver.deliver(batchOf(2, '2'), signal)];
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(written).toHaveLength(1);
    release();
    await both[0];
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(written).toEqual([batchLines(batchOf(1, '1')).toString(), batchLines(batchOf(2, '2')).toString()]);
    release();
    await both[1];
  });

  test('passes on why it cannot be written, and gives up at the signal', async () => {
    const gone = streamReceiver({ write: () => Promise.reject(new Error('gone')) });
    await expect(gone.deliver(batchOf(1, '1'), signal)).rejects.toThrow('gone');
    const stop = new AbortController();
    const stalled = streamReceiver({ write: () => new Promise(() => undefined) });
    const delivering = stalled.deliver(batchOf(1, '1'), stop.signal);
    setTimeout(() => stop.abort(), 5);
    await expect(delivering).rejects.toThrow();
  });
});

describe('an address as a receiver', () => {
  let listener: BatchListener;
  const made: TcpReceiver[] = [];
  const reports: string[] = [];
  const receiver = (options: Partial<TcpReceiverOptions> = {}): TcpReceiver => {
    const onReport = (code: string | null, message: string): void => void reports.push(`${code}: ${message}`);
    made.push(tcpReceiver({ connect: listener.address, onReport, ...options }));
    return made.at(-1) as TcpReceiver;
  };

  beforeEach(async () => {
    listener = await BatchListener.open();
  });
  afterEach(async () => {
    for (const one of made.splice(0)) await one.close();
    await listener.close();
    reports.length = 0;
  });

  test('has a batch when it has sent its number back', async () => {
    listener.answer = () => null;
    const sending = receiver().deliver(batchOf(1, 'a'), signal);
    let delivered = false;
    void sending.then(() => {
      delivered = true;
    });
    await listener.until(() => listener.arrived.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(delivered).toBe(false);
    listener.answer = ({ batch }) => `${batch}\r\n`;
    listener.cut(); // and so it is sent again
    await sending;
    expect(listener.arrived).toHaveLength(2);
  });

  test('gets a batch again as a whole when the connection broke in its midst', async () => {
    const to = receiver();
    await to.deliver(batchOf(1, 'a', 'b'), signal);
    const long = batchOf(
      2,
      ...Array.from({ length: 4000 }, (_unused, index) => `{"n":${index},"x":"${'x'.repeat(500)}"}`),
    );
    listener.breakAfter = 100_000;
    await to.deliver(long, signal);
    expect(listener.arrived.map(({ batch }) => batch)).toEqual([1, 2]);
    expect(listener.arrived[1]?.text).toBe(batchLines(long).toString());
    expect(listener.connections).toBe(2);
    expect(reports.filter((report) => report.startsWith('CONNECTION_LOST'))).toHaveLength(1);
  });

  test('is connected with again when it was away, and that is said once', async () => {
    const { address } = listener;
    await listener.close();
    const to = receiver({ connect: address });
    const sending = to.deliver(batchOf(1, 'a'), signal);
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(reports).toEqual([expect.stringMatching(/^CONNECTION_LOST: no connection with .*ECONNREFUSED/)]);
    listener = await BatchListener.open(Number(address.split(':')[1]));
    await sending;
    expect(listener.arrived.map(({ batch }) => batch)).toEqual([1]);
  });

  test('that answers something else is not believed', async () => {
    listener.answer = () => 'hello, who are you? I am the wrong service\n';
    const sending = receiver().deliver(batchOf(1, 'a'), signal);
    await listener.until(() => reports.some((report) => report.includes('CONNECTION_LOST')));
    expect(reports.at(-1)).toMatch(/came back instead of 1/);
    listener.answer = ({ batch }) => `${batch}\n`;
    await sending;
  });

  test('may be one that sends nothing back', async () => {
    listener.answer = () => null;
    const to = receiver({ acknowledged: false });
    for (let number = 1; number <= 3; number++) await to.deliver(batchOf(number, 'a'), signal);
    await listener.until(() => listener.arrived.length === 3);
    listener.cut();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await to.deliver(batchOf(4, 'b'), signal);
    await listener.until(() => listener.arrived.length === 4);
  });

  test('is given up at the signal', async () => {
    listener.answer = () => null;
    const stop = new AbortController();
    const sending = receiver().deliver(batchOf(1, 'a'), stop.signal);
    await listener.until(() => listener.arrived.length === 1);
    stop.abort();
    await expect(sending).rejects.toThrow();
  });

  test('is on this machine unless others are allowed', () => {
    expect(() => receiver({ connect: '192.0.2.1:7001' })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
