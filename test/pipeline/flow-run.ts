import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Catalog } from '../../src/frames/catalog/catalog.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import type { EventTap } from '../../src/pipeline/event-tap.ts';
import type { PipelineSummary } from '../../src/pipeline/pipeline-summary.ts';
import { runPipeline } from '../../src/pipeline.ts';
import type { DataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { TopicReader } from '../../src/runtime/embedded/topic-reader.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import { inSequence } from '../../src/sources/in-sequence.ts';
import type { Environment } from '../../src/state/environment.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { generateTraffic } from '../../src/traffic/generate-traffic.ts';
import type { TrafficOptions } from '../../src/traffic/traffic-options.ts';

export const itcFile: string = fileURLToPath(new URL('../../copybooks/itc/catalog.yaml', import.meta.url));
export const itc: Catalog = loadCatalog(itcFile);
export const folder: string = mkdtempSync(join(tmpdir(), 'overpunch-pipeline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let captures = 0;

/** A frame as the truth of generated traffic has it. */
export interface TruthLine {
  readonly offset: number;
  readonly role: 'request' | 'response' | 'notice';
  readonly type: string;
  readonly key: string;
  readonly sequence: number;
  readonly time: string;
  readonly pair?: number;
}

/** Generate a capture into a file of its own. */
export function capture(options: TrafficOptions): { readonly path: string; readonly truth: readonly TruthLine[] } {
  const parts: Uint8Array[] = [];
  const lines: Uint8Array[] = [];
  for (const { capture: bytes, truth } of generateTraffic(itc, { ...options, truth: true })) {
    parts.push(Uint8Array.from(bytes));
    lines.push(Uint8Array.from(truth));
  }
  const path = join(folder, `capture-${captures++}`);
  writeFileSync(path, Buffer.concat(parts));
  const truth = Buffer.concat(lines).toString().split('\n').slice(0, -1);
  return { path, truth: truth.map((line) => JSON.parse(line) as TruthLine) };
}

/** A data directory in memory. */
export function memoryData(partitions: number): DataDirectory {
  const environments = Array.from({ length: partitions }, () => openMemoryEnvironment());
  return {
    path: '',
    partitions,
    partition: (number) => environments[number] as Environment,
    close: async () => undefined,
  };
}

/** Run captures to their end. */
export async function replay(
  paths: readonly string[],
  data: DataDirectory | null,
  tap?: EventTap,
): Promise<PipelineSummary> {
  const format = { format: 'capture', header: frameCheckOf(itc) } as const;
  const sources = () => [
    inSequence(
      'capture',
      paths.map((path) => captureFile({ path, format })),
    ),
  ];
  return runPipeline({ pipeline: 'test', catalog: itc, data, sources, tap }, new AbortController().signal);
}

/** All records of a topic as texts, partition by partition. */
export function records(data: DataDirectory, topic: string): readonly string[] {
  return Array.from({ length: data.partitions }, (_unused, partition) => {
    const reader = new TopicReader(new TopicStore(data.partition(partition)), topic);
    return reader.read(1e9).map(({ key, time, value }) => {
      return `${Buffer.from(key).toString()} ${time} ${Buffer.from(value).toString()}`;
    });
  }).flat();
}

/** The values of a topic. */
export function values<Value>(data: DataDirectory, topic: string): readonly Value[] {
  return records(data, topic).map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Value);
}

/** All topics of a data directory with their records. */
export function allRecords(data: DataDirectory): ReadonlyMap<string, readonly string[]> {
  const names = new Set(
    Array.from({ length: data.partitions }, (_unused, partition) => {
      return new TopicStore(data.partition(partition)).names();
    }).flat(),
  );
  return new Map([...names].sort().map((name) => [name, records(data, name)]));
}
