import { concatMap, map, Observable, of, throwError } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { processOfOperators } from '../../src/runtime/embedded/process.ts';
import { runPartition } from '../../src/runtime/embedded/run-partition.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import type { Batch } from '../../src/streams/batch.ts';
import type { JournalEntry } from '../../src/streams/journal-entry.ts';
import { ScriptedSource } from './scripted-source.ts';
import { topicsOf } from './topics-of.ts';

const never = new AbortController().signal;

describe('a process of operators', () => {
  test('writes what comes out, and puts what they throw on into quarantine', async () => {
    const environment = openMemoryEnvironment();
    let subscribed = 0;
    const process = processOfOperators<number[]>({
      operators: (batches) =>
        new Observable((subscriber) => {
          subscribed++;
          const inner = batches.pipe(concatMap(check)).subscribe(subscriber);
          return () => {
            subscribed--;
            inner.unsubscribe();
          };
        }),
      write(numbers, outputs) {
        for (const number of numbers)
          outputs.topic('doubled').append(new Uint8Array(0), null, Buffer.from(`${number}`));
      },
    });
    const sources = [
      new ScriptedSource(
        'one',
        [1, 2, 13, 4, 5].map((number) => Uint8Array.of(number)),
      ),
    ];
    await runPartition({ pipeline: 'test', partition: 0, environment, sources, process }, never);
    const { doubled = [], quarantine } = topicsOf(environment);
    expect(doubled.map((line) => line.split(' ').at(-1))).toEqual(['2', '4', '8', '10']);
    expect(quarantine).toHaveLength(1);
    expect(quarantine?.[0]).toContain('unlucky');
    expect(subscribed).toBe(0);
  });

  test('may take its time', async () => {
    const environment = openMemoryEnvironment();
    const process = processOfOperators<Batch<JournalEntry>>({
      operators: (batches) =>
        batches.pipe(
          concatMap(async (batch) => batch),
          map((batch) => batch),
        ),
      write({ messages }, outputs) {
        outputs.topic('counts').append(new Uint8Array(0), null, Buffer.from(`${messages.length}`));
      },
    });
    const sources = [new ScriptedSource('one', [Uint8Array.of(1), Uint8Array.of(2)])];
    await runPartition({ pipeline: 'test', partition: 0, environment, sources, process }, never);
    expect(topicsOf(environment)['counts']?.[0]).toBe('0  null 2');
  });
});

function check({ messages }: Batch<JournalEntry>): Observable<number[]> {
  const numbers = messages.flatMap((entry) => (entry.kind === 'frame' ? [entry.bytes[0] ?? 0] : []));
  return numbers.includes(13) ? throwError(() => new Error('unlucky')) : of(numbers.map((number) => 2 * number));
}
