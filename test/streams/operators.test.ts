import { map, Observable, Subject, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, test } from 'vitest';
import {
  type Batch,
  batch,
  correlate,
  createCorrelator,
  decodeFrames,
  decodeHeaders,
  dedupe,
  type HeaderView,
  type JournalEntry,
  partitionBy,
  resequence,
  tapMetrics,
  toEvents,
} from '../../src/streams/index.ts';

const settings = { before: 2, after: 20, grace: 5, disorder: 3 };

/** Run marbles; time is virtual. */
function marbles(check: Parameters<TestScheduler['run']>[0]): void {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(check);
}

/** A batch of letters; positions count from `from`. */
function letters(text: string, from = 0): Batch<string> {
  return { partition: 0, messages: [...text], from, to: from + text.length };
}

/** Reads frames of five bytes: direction, key, sequence, time (two bytes). */
class PlainHeader implements HeaderView {
  type = 0;
  direction = -1;
  key = Number.NaN;
  sequence = 0;
  time = Number.NaN;

  at(bytes: Uint8Array): boolean {
    const [direction = -1, key = 0, sequence = 0, high = 0, low = 0] = bytes;
    this.type = key === 99 ? -1 : 0;
    this.direction = direction;
    this.key = key === 200 ? Number.NaN : key;
    this.sequence = sequence;
    this.time = high === 255 ? Number.NaN : high * 256 + low;
    return bytes.length >= 5;
  }

  keyText(): string {
    return 'long key';
  }
}

function journal(from: number, ...frames: readonly (readonly number[] | 'end')[]): Batch<JournalEntry> {
  const messages = frames.map((frame, index): JournalEntry => {
    const position = from + index;
    if (frame === 'end') return { kind: 'tick', position, elapsed: Number.POSITIVE_INFINITY };
    return { kind: 'frame', position, input: 0, ingested: null, bytes: Uint8Array.from(frame) };
  });
  return { partition: 3, messages, from, to: from + frames.length };
}

describe('correlate', () => {
  test('one batch in, one batch out, pairs as messages and all else by name', () => {
    marbles(({ hot, expectObservable }) => {
      const input = hot('--a---b-c|', {
        a: journal(10, [0, 1, 0, 0, 50], [0, 2, 0, 0, 51], [2, 0, 0, 0, 0], [9, 9, 9, 9, 9]),
        b: journal(14),
        c: journal(14, [1, 1, 0, 0, 60], 'end'),
      });
      const output = input.pipe(
        decodeHeaders(new PlainHeader()),
        correlate(settings),
        map((out) => ({
          pairs: out.messages.map(({ request, response, at }) => [request.position, response.position, at]),
          expired: out.expired.map(({ position, at, key }) => [position, at, key]),
          notices: out.notices.length,
          quarantined: out.quarantined.map(({ position, code }) => [position, code]),
          positions: [out.partition, out.from, out.to],
        })),
      );
      expectObservable(output).toBe('--a---b-c|', {
        a: { pairs: [], expired: [], notices: 1, quarantined: [[13, 'HEADER_FIELD']], positions: [3, 10, 14] },
        b: { pairs: [], expired: [], notices: 0, quarantined: [], positions: [3, 14, 14] },
        c: { pairs: [[10, 14, 14]], expired: [[11, 15, 2]], notices: 0, quarantined: [], positions: [3, 14, 16] },
      });
    });
  });

  test('each subscription has its own state, unless it is given a correlator', () => {
    const input = new Subject<Batch<JournalEntry>>();
    const joined = input.pipe(decodeHeaders(new PlainHeader()), correlate(settings));
    const counts: number[] = [];
    joined.subscribe(({ account }) => counts.push(account.frames));
    input.next(journal(0, [0, 1, 0, 0, 50]));
    joined.subscribe(({ account }) => counts.push(100 + account.frames));
    input.next(journal(1, [1, 1, 0, 0, 51]));
    expect(counts).toEqual([1, 2, 101]);
    const correlator = createCorrelator(settings);
    const given = input.pipe(decodeHeaders(new PlainHeader()), correlate(correlator)).subscribe();
    input.next(journal(2, [0, 1, 0, 0, 52]));
    given.unsubscribe();
    expect(correlator.account.frames).toBe(1);
  });

  test('what a header cannot tell is quarantined with its reason, and a long key is its text', () => {
    const correlator = createCorrelator(settings);
    const input = new Subject<Batch<JournalEntry>>();
    const outputs: unknown[] = [];
    input.pipe(decodeHeaders(new PlainHeader()), correlate(correlator)).subscribe(({ quarantined, messages }) =>
      outputs.push(
        quarantined.map(({ position, code }) => [position, code]),
        messages.map(({ key }) => key),
      ),
    );
    const garbage = { code: 'FRAME_CUT', message: 'cut' } as const;
    const cut: JournalEntry = {
      kind: 'frame',
      position: 0,
      input: 0,
      ingested: null,
      bytes: new Uint8Array(2),
      garbage,
    };
    const future: JournalEntry = {
      kind: 'frame',
      position: 4,
      input: 0,
      ingested: -4_000_000,
      bytes: Uint8Array.of(0, 5, 0, 0, 9),
    };
    const frames = journal(1, [0, 1], [0, 99, 0, 0, 0], [0, 1, 0, 255, 0]);
    const pair = journal(5, [0, 200, 0, 0, 1], [1, 200, 0, 0, 2]);
    input.next({ partition: 0, from: 0, to: 7, messages: [cut, ...frames.messages, future, ...pair.messages] });
    expect(outputs).toEqual([
      [
        [0, 'FRAME_CUT'],
        [1, 'HEADER_CUT'],
        [2, 'FRAME_TYPE'],
        [3, 'HEADER_FIELD'],
        [4, 'FRAME_FUTURE'],
      ],
      ['long key'],
    ]);
  });
});

test('decodeFrames: a pair that does not decode is undecoded, and its bad frame is quarantined', () => {
  const input = new Subject<Batch<JournalEntry>>();
  const outputs: unknown[] = [];
  input
    .pipe(
      decodeHeaders(new PlainHeader()),
      correlate(settings),
      decodeFrames((bytes) => ({
        value: bytes[1] ?? 0,
        issue: bytes[2] === 7 ? { code: 'RECORD_SHORT', message: 'too short' } : null,
      })),
      toEvents(({ request, response }) => [request, response]),
    )
    .subscribe(({ messages, undecoded, quarantined, from, to }) =>
      outputs.push([messages, undecoded.length, quarantined.map(({ position }) => position), from, to]),
    );
  input.next(journal(0, [0, 1, 0, 0, 50], [1, 1, 0, 0, 51], [0, 2, 0, 0, 52], [1, 2, 7, 0, 53]));
  expect(outputs).toEqual([[[1, 1], 1, [3], 0, 4]]);
});

test('batch: full, or time is up, or the end', () => {
  marbles(({ hot, expectObservable }) => {
    const places = 'abcdef';
    const options = { partition: 0, position: (letter: string) => places.indexOf(letter), size: 3, time: 5 };
    expectObservable(hot('-abc-d------ef|').pipe(batch(options))).toBe('---x------y---(z|)', {
      x: letters('abc'),
      y: letters('d', 3),
      z: letters('ef', 4),
    });
    expectObservable(hot('-a-#').pipe(batch(options))).toBe('---#');
    expectObservable(hot('-a-----b').pipe(batch(options)), '---!').toBe('----');
  });
});

test('resequence: order within the buffer, gaps reported when it is full or the input ends', () => {
  marbles(({ hot, expectObservable }) => {
    const input = hot('-a-b-c-d|', {
      a: letters('13', 0),
      b: letters('2', 2),
      c: letters('5678', 3),
      d: letters('94b', 7),
    });
    const numbers = input.pipe(resequence({ offset: (letter: string) => Number.parseInt(letter, 16), limit: 3 }));
    const none = { gaps: [], repeated: [] };
    expectObservable(numbers).toBe('-a-b-c-d(e|)', {
      a: { ...letters('1'), to: 0, ...none },
      b: { partition: 0, messages: ['2', '3'], from: 2, to: 3, ...none },
      c: { partition: 0, messages: ['5', '6', '7', '8'], from: 3, to: 7, gaps: [{ from: 4, to: 5 }], repeated: [] },
      d: { partition: 0, messages: ['9'], from: 7, to: 7, gaps: [], repeated: ['4'] },
      e: { partition: 0, messages: ['b'], from: 10, to: 10, gaps: [{ from: 10, to: 11 }], repeated: [] },
    });
  });
});

test('dedupe: within its limit, and no further', () => {
  marbles(({ hot, expectObservable }) => {
    const input = hot('-a-b|', { a: letters('abac'), b: letters('ab', 4) });
    expectObservable(input.pipe(dedupe((letter: string) => letter, 2))).toBe('-a-b|', {
      a: { ...letters('abac'), messages: ['a', 'b', 'c'], repeated: ['a'] },
      b: { ...letters('ab', 4), messages: ['b'], repeated: ['a'] },
    });
  });
});

test('partitionBy keeps the batch and sorts its messages', () => {
  marbles(({ hot, expectObservable }) => {
    const input = hot('-a|', { a: letters('abc') });
    const parted = input.pipe(partitionBy((letter: string) => letter.charCodeAt(0) % 2, 2));
    expectObservable(parted).toBe('-a|', { a: { ...letters('abc'), parts: [['b'], ['a', 'c']] } });
  });
});

test('tapMetrics counts every list, of empty batches too', () => {
  const input = new Subject<Batch<string>>();
  const seen: unknown[] = [];
  input
    .pipe(
      dedupe((letter) => letter, 10),
      tapMetrics(({ counts, from, to }) => seen.push([...counts, from, to])),
    )
    .subscribe();
  input.next(letters('aab'));
  input.next(letters('', 3));
  expect(seen).toEqual([
    [['messages', 2], ['repeated', 1], 0, 3],
    [['messages', 0], ['repeated', 0], 3, 3],
  ]);
});

test('every operator lets go of its source on unsubscribe and after an error', () => {
  const operators = [
    batch({ partition: 0, position: () => 0, size: 10, time: 1000 }),
    resequence({ offset: () => 0, limit: 3 }),
    dedupe(() => 0, 10),
    decodeHeaders(new PlainHeader()),
  ] as unknown as ReturnType<typeof dedupe<unknown, Batch<unknown>>>[];
  for (const operator of operators) {
    let open = 0;
    const source = new Observable<Batch<unknown>>((subscriber) => {
      open++;
      subscriber.next(letters('')); // something to hold
      return () => {
        open--;
      };
    });
    const subscription = operator(source).subscribe();
    expect(open).toBe(1);
    subscription.unsubscribe();
    expect(open).toBe(0);
    const errors: unknown[] = [];
    operator(throwError(() => 'broken')).subscribe({ error: (error) => errors.push(error) });
    expect(errors).toEqual(['broken']);
  }
});
