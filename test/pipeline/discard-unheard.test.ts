import { describe, expect, test } from 'vitest';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import { discardUnheard } from '../../src/pipeline/discard-unheard.ts';
import type { EventTap } from '../../src/pipeline/event-tap.ts';
import { runPipeline } from '../../src/pipeline.ts';
import type { OutputOptions } from '../../src/runtime/embedded/committed-outputs.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import type { Sink } from '../../src/streams/sink.ts';
import { allRecords, capture, itc, memoryData, records, replay } from './flow-run.ts';

/** A sink that keeps what it gets. */
function listed(): Sink & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  return {
    name: 'list',
    position: '',
    lines,
    open: () => undefined,
    write: (written) => void lines.push(...written.map(({ value }) => Buffer.from(value).toString())),
    close: () => undefined,
  };
}

describe('topics that are not kept', () => {
  test('are counted alone when no sink takes them and nobody hears of them', () => {
    const sinks = [listed()];
    const outputs: Record<string, OutputOptions> = {
      kept: {},
      stored: { keep: true },
      unheard: { keep: false },
      empty: { keep: false, sinks: [] },
      sent: { keep: false, sinks },
      heard: { keep: false },
    };
    expect(discardUnheard(outputs, (topic) => topic === 'heard')).toEqual({
      kept: {},
      stored: { keep: true },
      unheard: { keep: false, discard: true },
      empty: { keep: false, sinks: [], discard: true },
      sent: { keep: false, sinks },
      heard: { keep: false },
    });
  });

  test('leave all that is counted, sent and heard as it is', async () => {
    const { path } = capture({ frames: 1500, seed: 9, malformed: 0.02, missing: 0.02, late: 0.02 });
    const all = memoryData(1);
    const summary = await replay([path], all);
    const sink = listed();
    const heard: string[] = [];
    const tap: EventTap = {
      takes: (event) => event === 'bets',
      event: (_event, line) => void heard.push(Buffer.from(line).toString()),
    };
    const topics = [...allRecords(all).keys()].filter((topic) => topic !== 'cancels');
    const outputs: Record<string, OutputOptions> = Object.fromEntries(topics.map((topic) => [topic, { keep: false }]));
    const data = memoryData(1);
    const options = {
      pipeline: 'test',
      catalog: itc,
      data,
      sources: () => [captureFile({ path, format: { format: 'capture', header: frameCheckOf(itc) } })],
      outputs: () => ({ ...outputs, payments: { keep: false, sinks: [sink] } }),
      tap,
    };
    expect(await runPipeline(options, new AbortController().signal)).toEqual(summary);
    expect([...allRecords(data).keys()]).toEqual(['cancels']);
    const valuesOf = (topic: string): readonly string[] =>
      records(all, topic).map((record) => record.slice(record.indexOf('{')));
    expect(records(data, 'cancels')).toEqual(records(all, 'cancels'));
    expect(heard).toEqual(valuesOf('bets'));
    expect(sink.lines).toEqual(valuesOf('payments'));
    expect(Math.min(heard.length, sink.lines.length)).toBeGreaterThan(0);
  });
});
