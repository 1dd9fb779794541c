import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal } from '../../src/runtime/embedded/journal.ts';
import { type Progress, ProgressTable } from '../../src/runtime/embedded/progress.ts';
import { replayJournal } from '../../src/runtime/embedded/replay-journal.ts';
import { type PartitionOptions, runPartition } from '../../src/runtime/embedded/run-partition.ts';
import { jsonlFile } from '../../src/sinks/jsonl-file.ts';
import { openBlockTable } from '../../src/state/block-table.ts';
import type { Environment } from '../../src/state/environment.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { KeyedSums, poison } from './keyed-sums.ts';
import { ScriptedSource } from './scripted-source.ts';
import { Crash, SlowEnvironment } from './slow-environment.ts';
import { topicsOf } from './topics-of.ts';

const never = new AbortController().signal;
const frame = fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.nat(4) }, fc.constant(poison)), fc.nat(9));
const frames = fc.array(
  frame.map((bytes) => Uint8Array.from(bytes)),
  { maxLength: 30 },
);

/** Open what is on the disk after a crash. */
function reopened(disk: MemoryDisk): Environment {
  disk.locked = false;
  return openMemoryEnvironment({ disk });
}

function entriesOf(environment: Environment, sources: readonly ScriptedSource[]): string[] {
  const bytes = [...new Journal(environment, 'test').replay(0, sources)].flat();
  return bytes.flatMap((entry) =>
    entry.kind === 'frame' ? `${entry.input} ${entry.ingested} ${Buffer.from(entry.bytes).toString('hex')}` : [],
  );
}

describe('a partition', () => {
  test('loses nothing and repeats nothing, wherever it crashes, however its input is batched', async () => {
    const batch = fc.integer({ min: 1, max: 9 });
    const turns = fc.nat(4);
    const lives = fc.array(fc.record({ crash: fc.integer({ min: 1, max: 8 }), batch, turns }));
    const property = fc.asyncProperty(
      frames,
      frames,
      lives,
      fc.integer({ min: 1, max: 9 }),
      async (one, two, many, step) => {
        const disk = new MemoryDisk();
        const sources = (): ScriptedSource[] => [
          new ScriptedSource('one', one, { ranges: true }),
          new ScriptedSource('two', two),
        ];
        const live = async (crash: number, batch: number, turns: number): Promise<void> => {
          const environment = new SlowEnvironment(disk, () => turns, crash);
          const process = new KeyedSums(environment);
          const options: PartitionOptions = {
            pipeline: 'test',
            partition: 0,
            environment,
            sources: sources(),
            process,
            batch: { frames: batch },
          };
          await runPartition(options, never).catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          });
        };
        for (const { crash, batch, turns } of many) await live(crash, batch, turns);
        await live(Number.POSITIVE_INFINITY, 7, 1);

        const after = reopened(disk);
        const again = openMemoryEnvironment();
        const replaying = { pipeline: 'test', partition: 0, journal: after, sources: sources(), environment: again };
        await replayJournal({ ...replaying, process: new KeyedSums(again), entries: step });
        expect(topicsOf(again)).toEqual(topicsOf(after));
        const journalled = entriesOf(after, sources());
        for (const [input, given] of [one, two].entries()) {
          const expected = given.map(
            (bytes, index) => `${input} ${1000 + index} ${Buffer.from(bytes).toString('hex')}`,
          );
          expect(journalled.filter((entry) => entry.startsWith(`${input} `))).toEqual(expected);
        }
        const { sums = [], quarantine = [] } = topicsOf(after);
        expect(quarantine).toHaveLength([...one, ...two].filter(([first]) => first === poison).length);
        expect(sums.length + quarantine.length).toBe(one.length + two.length);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  test('does nothing more once all of its input ended', async () => {
    const disk = new MemoryDisk();
    const run = async (): Promise<Record<string, string[]>> => {
      const environment = reopened(disk);
      const sources = [new ScriptedSource('one', [Uint8Array.of(1, 2)])];
      await runPartition(
        { pipeline: 'test', partition: 0, environment, sources, process: new KeyedSums(environment) },
        never,
      );
      return topicsOf(environment);
    };
    const first = await run();
    expect(first['marks']?.at(-1)).toContain('"elapsed":"Infinity"');
    expect(await run()).toEqual(first);
  });

  test('acknowledges after the commit, and again after a crash between the two', async () => {
    const disk = new MemoryDisk();
    const before = reopened(disk);
    const source = new ScriptedSource('one', [Uint8Array.of(1, 2), Uint8Array.of(3, 4)]);
    const options = { pipeline: 'test', partition: 0, sources: [source], batch: { frames: 1 } };
    const committedBefore: string[] = [];
    source.committed = (position) => {
      committedBefore.push(new ProgressTable(before).get('test').inputs[0]?.position ?? '');
      if (position === '1') throw new Crash();
    };
    const first = { ...options, environment: before, process: new KeyedSums(before) };
    await expect(runPartition(first, never)).rejects.toThrow(Crash);
    expect(committedBefore).toEqual(['1']);

    const after = reopened(disk);
    const restarted = new ScriptedSource('one', [Uint8Array.of(1, 2), Uint8Array.of(3, 4)]);
    const second = { ...options, sources: [restarted], environment: after, process: new KeyedSums(after) };
    await runPartition(second, never);
    expect(restarted.acknowledged).toEqual(['1', '2']);
    expect(topicsOf(after)['sums']).toHaveLength(2);
  });

  test('reads and processes one batch while another is on its way to the disk, and nothing is acknowledged or told before it is there', async () => {
    const given = Array.from({ length: 40 }, (_none, index) => Uint8Array.of(1, index));
    for (const turns of [1, 3, 9]) {
      const disk = new MemoryDisk();
      const environment = new SlowEnvironment(disk, () => turns);
      const durable = (): number => Number(new ProgressTable(reopened(disk)).get('test').inputs[0]?.position ?? 0);
      const source = new ScriptedSource('one', given);
      source.committed = (position) => {
        expect(durable()).toBe(Number(position));
        source.acknowledged.push(position);
      };
      const process = new KeyedSums(environment);
      const run = process.run.bind(process);
      let ahead = 0;
      process.run = (...batch) => {
        ahead = Math.max(ahead, batch[0].to - durable());
        run(...batch);
      };
      const told: number[] = [];
      const onCommit = ({ processed }: Progress): void => {
        expect(new ProgressTable(reopened(disk)).get('test').processed).toBe(processed);
        told.push(processed);
      };
      const options = { pipeline: 'test', partition: 0, environment, sources: [source], process, onCommit };
      const journal = await runPartition({ ...options, batch: { frames: 10 } }, never);
      expect(environment.most).toBe(1);
      expect(ahead).toBe(20);
      expect(source.acknowledged.at(-1)).toBe('40');
      expect(told.at(-1)).toBe(journal.processed);
    }
  });

  test('keeps nothing of a batch whose commit failed, nor of the one that was processed meanwhile', async () => {
    const given = Array.from({ length: 600 }, (_none, index) => Uint8Array.of(1, index % 7));
    for (let steps = 2; steps <= 12; steps++) {
      const disk = new MemoryDisk();
      const live = async (crash: number): Promise<readonly string[]> => {
        const environment = new SlowEnvironment(disk, () => 4, crash);
        const source = new ScriptedSource('one', given);
        const process = new KeyedSums(environment);
        const options = { pipeline: 'test', partition: 0, environment, sources: [source], process };
        const ended = runPartition({ ...options, batch: { frames: 150 } }, never);
        if (Number.isFinite(crash)) await expect(ended).rejects.toThrow(Crash);
        else await ended;
        return source.acknowledged;
      };
      const acknowledged = await live(steps);
      const { processed, inputs } = new ProgressTable(reopened(disk)).get('test');
      expect(topicsOf(reopened(disk))['sums'] ?? []).toHaveLength(processed);
      expect(acknowledged.at(-1) ?? '0').toBe(inputs[0]?.position ?? '0');
      await live(Number.POSITIVE_INFINITY);
      expect(topicsOf(reopened(disk))['sums']).toHaveLength(600);
    }
  });

  test('has each line of a sink once, wherever it crashes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'overpunch-sink-'));
    try {
      for (let crash = 1; crash <= 12; crash++) {
        const disk = new MemoryDisk();
        const path = join(folder, `${crash}.jsonl`);
        for (const left of [crash, 2, Number.POSITIVE_INFINITY]) {
          const environment = new SlowEnvironment(disk, () => 1, left);
          const sources = [
            new ScriptedSource(
              'one',
              [1, 2, 3, 4, 5].map((value) => Uint8Array.of(1, value)),
            ),
          ];
          const process = new KeyedSums(environment);
          const outputs = { sums: { sinks: [jsonlFile({ path, name: 'lines' })] } };
          const options = { pipeline: 'test', partition: 0, environment, sources, process, outputs };
          await runPartition({ ...options, batch: { frames: 1 } }, never).catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          });
        }
        const lines = (topicsOf(reopened(disk))['sums'] ?? []).map((line) => `${line.slice(line.indexOf('{'))}\n`);
        expect(lines).toHaveLength(5);
        expect(readFileSync(path, 'utf8')).toBe(lines.join(''));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('refuses other inputs than it had', async () => {
    const environment = openMemoryEnvironment();
    const options = { pipeline: 'test', partition: 0, environment, process: new KeyedSums(environment) };
    await runPartition({ ...options, sources: [new ScriptedSource('one', [Uint8Array.of(1, 2)])] }, never);
    const other = { ...options, sources: [new ScriptedSource('two', [])] };
    await expect(runPartition(other, never)).rejects.toMatchObject({ code: 'STATE_INCOMPATIBLE' });
  });

  test('puts a frame on which an operator throws into quarantine with the reason, and nothing of its state remains', async () => {
    const environment = openMemoryEnvironment();
    const given = [Uint8Array.of(1, 2), Uint8Array.of(poison, 7), Uint8Array.of(1, 3)];
    const sources = [new ScriptedSource('one', given)];
    await runPartition(
      { pipeline: 'test', partition: 0, environment, sources, process: new KeyedSums(environment) },
      never,
    );
    const { quarantine, sums } = topicsOf(environment);
    expect(quarantine).toHaveLength(1);
    expect(quarantine?.[0]).toContain('"_file":"one","_record":null,"_offset":1,"_length":2,"_raw":"FF07"');
    expect(quarantine?.[0]).toContain('OPERATOR_FAILED');
    expect(sums?.at(-1)).toContain('"seen":2,"sum":5');
    expect([...openBlockTable(environment, 'sums').range()].map(({ key }) => key[0])).toEqual([1]);
  });
});
