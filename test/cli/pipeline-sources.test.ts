import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { pipelineSources } from '../../src/cli/pipeline-sources.ts';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import type { SourceSettings } from '../../src/pipeline/pipeline-schema.ts';
import type { PipelineSummary } from '../../src/pipeline/pipeline-summary.ts';
import { runPipeline } from '../../src/pipeline.ts';
import type { DataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { RecordWriter } from '../../src/runtime/embedded/record-writer.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import { allRecords, capture, folder, itc, memoryData, replay } from '../pipeline/flow-run.ts';

const check = frameCheckOf(itc);
const century = 100 * 365 * 86_400_000; // the traffic has fixed times: what the clock says must not matter

function run(source: SourceSettings, data: DataDirectory): Promise<PipelineSummary> {
  const sources = pipelineSources({ sources: [source], pipeline: 'test' }, check, data, () => undefined);
  const correlation = { maxFuture: century };
  return runPipeline({ pipeline: 'test', catalog: itc, data, sources, correlation }, new AbortController().signal);
}

/** The frames of a capture, each by itself. */
function framesOf(path: string): Buffer[] {
  const bytes = readFileSync(path);
  const frames: Buffer[] = [];
  for (let at = 0; at + 12 < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    frames.push(bytes.subarray(at + 12, at + 12 + length));
    at += 12 + length;
  }
  return frames;
}

/** Records by topic, whatever partition they are in. */
function sorted(data: DataDirectory): [string, readonly string[]][] {
  return [...allRecords(data)]
    .filter(([topic]) => topic !== 'quarantine') // its lines have positions of the journal, of which each partition has its own
    .map(([topic, lines]) => [topic, lines.toSorted()]);
}

const { path } = capture({ frames: 600, seed: 11, malformed: 0, noise: 0 });
const frames = framesOf(path);
const expected = memoryData(1);
let account: PipelineSummary['account'];

beforeAll(async () => {
  account = (await replay([path], expected)).account;
});

describe('a source of a pipeline gives what its frames give as one capture', () => {
  test('spool: the frames of files, to several partitions', async () => {
    const spool = join(folder, 'spool');
    mkdirSync(spool);
    const bytes = readFileSync(path);
    let at = 0;
    for (const [index, end] of [200, 201, 500, frames.length].entries()) {
      const until = frames.slice(0, end).reduce((sum, frame) => sum + 12 + frame.length, 0);
      writeFileSync(join(spool, `part-${index}`), bytes.subarray(at, until));
      at = until;
    }
    const data = memoryData(3);
    expect((await run({ spool, follow: false }, data)).account).toEqual(account);
    expect(sorted(data)).toEqual(sorted(expected));
    expect(readdirSync(spool)).toEqual(['done']);
    expect(readdirSync(join(spool, 'done'))).toHaveLength(4);
  });

  test('tcp: frames on a line, to several partitions', async () => {
    const server = createServer((socket) => void socket.end(Buffer.concat(frames)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const data = memoryData(3);
    const summary = await run({ tcp: { connect: `127.0.0.1:${port}` }, follow: false }, data);
    server.close();
    expect(summary.account).toEqual(account);
    expect(sorted(data)).toEqual(sorted(expected));
  });

  test('topic: whole frames in a topic, once', async () => {
    const data = memoryData(1);
    const environment = data.partition(0);
    const store = new TopicStore(environment);
    for (const part of [frames.slice(0, 400), frames.slice(400)]) {
      const writer = new RecordWriter();
      for (const frame of part) writer.append(new Uint8Array(0), null, frame);
      environment.commit(() => store.append('raw', writer));
    }
    const source = { topic: 'raw', follow: false };
    expect((await run(source, data)).account).toEqual(account);
    expect((await run(source, data)).account).toEqual(account);
    const records = new Map(allRecords(data));
    expect(records.get('raw')).toHaveLength(frames.length);
    records.delete('raw');
    expect(records).toEqual(allRecords(expected));
  });
});
