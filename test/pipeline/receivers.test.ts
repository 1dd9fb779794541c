import { describe, expect, test } from 'vitest';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import { runPipeline } from '../../src/pipeline.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import { tcpReceiver } from '../../src/sinks/tcp-receiver.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import type { Source } from '../../src/streams/source.ts';
import { BatchListener } from '../sinks/batch-listener.ts';
import { capture, itc, memoryData, records } from './flow-run.ts';

const format = { format: 'capture', header: frameCheckOf(itc) } as const;

/** A capture of which it is counted how much was read. */
function counted(path: string, counts: { read: number }): Source {
  const source = captureFile({ path, format });
  const read = source.read.bind(source);
  source.read = (limit) => {
    const given = read(limit);
    counts.read += given?.frames.length ?? 0;
    return given;
  };
  return source;
}

describe('a pipeline with receivers', () => {
  test('leaves its source unread while one of them does not take what it was sent', async () => {
    const listener = await BatchListener.open();
    const stop = new AbortController();
    const { path } = capture({ frames: 2600, malformed: 0, noise: 0 });
    const data = memoryData(1);
    const counts = { read: 0 };
    const receiver = tcpReceiver({ connect: listener.address });
    listener.answer = () => null;
    const options = { pipeline: 'test', catalog: itc, data, sources: () => [counted(path, counts)] };
    const running = runPipeline({ ...options, receivers: { frames: [receiver] } }, stop.signal);
    await listener.until(() => listener.arrived.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(listener.arrived).toHaveLength(1);
    expect(counts.read).toBeLessThanOrEqual(2000); // a batch that is under way, and one that waits
    stop.abort();
    const { account } = await running;
    expect(account.frames).toBe(counts.read);
    listener.answer = ({ batch }) => `${batch}\n`;
    await runPipeline({ ...options, receivers: { frames: [receiver] } }, new AbortController().signal);
    await receiver.close();
    await listener.close();
    expect(listener.arrived[1]).toEqual(listener.arrived[0]);
    const lines = records(data, 'frames').map((line) => line.slice(line.indexOf('{')));
    expect(listener.values('frames').join('\n') === lines.join('\n')).toBe(true);
    expect(new TopicStore(data.partition(0)).consumers('frames')).toEqual([
      { consumer: 'test>tcp', position: lines.length, holds: true },
    ]);
  });

  test('hands each partition of its topics over, by one connection', async () => {
    const listener = await BatchListener.open();
    const { path } = capture({ frames: 600, malformed: 0, noise: 0 });
    const data = memoryData(3);
    const receiver = tcpReceiver({ connect: listener.address });
    const sources = (): Source[] => [captureFile({ path, format })];
    const receivers = { bets: [receiver], expired: [receiver] };
    await runPipeline({ pipeline: 'test', catalog: itc, data, sources, receivers }, new AbortController().signal);
    await receiver.close();
    await listener.close();
    expect(listener.connections).toBe(1);
    for (const topic of ['bets', 'expired']) {
      const lines = records(data, topic).map((line) => line.slice(line.indexOf('{')));
      expect(listener.values(topic).sort()).toEqual([...lines].sort());
    }
  });

  test('needs a data directory for them', async () => {
    const { path } = capture({ frames: 10 });
    const receivers = { bets: [tcpReceiver({ connect: '127.0.0.1:9' })] };
    const sources = (): Source[] => [captureFile({ path, format })];
    const run = runPipeline(
      { pipeline: 'test', catalog: itc, data: null, sources, receivers },
      new AbortController().signal,
    );
    await expect(run).rejects.toMatchObject({ code: 'USAGE' });
  });
});
