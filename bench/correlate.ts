import { correlate, createCorrelator, type HeadedBatch, JournalColumns, type JournalEntry } from 'overpunch/streams';
import { Subject } from 'rxjs';
import { correlationRule } from '../dist/streams/correlate-settings.js';
import { Correlation } from '../dist/streams/correlation.js';
import { BareTable, keyHigh, keyLow } from './bare-table.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { type Contender, medianTimes } from './median-times.ts';

const batchLength = 1024;
const frameLength = 64; // bytes
const windowPerFlight = 8; // a response comes after an eighth of the window on the average: 250 ms of 2 s
const eventsPerRound = 400_000; // at the least
const fewestBefore = 1_000_000; // events before those that are timed
const settings = { before: 200, after: 2000, grace: 0, disorder: 0 };
const sizes = [
  { name: '10k', inFlight: 10_000, floor: 80, goal: 40 },
  { name: '100k', inFlight: 100_000, floor: 140, goal: 75 },
  { name: '1M', inFlight: 1_000_000, floor: 250, goal: 130 },
] as const;

type JoinName = 'table' | 'columns' | 'bare' | 'operator' | 'map';

/** Frames of requests and responses in random order: a number of 0 or more is a request, its complement the response to it. */
function traffic(inFlight: number, length: number): Int32Array {
  const events = new Int32Array(length);
  const waiting = new Int32Array(inFlight).fill(-1);
  let state = 7;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  let request = 0;
  for (let at = 0; at < length; ) {
    const place = random() % inFlight;
    const waits = waiting[place] as number;
    if (waits >= 0) {
      events[at++] = ~waits;
      waiting[place] = -1;
    }
    if (at === length) break;
    events[at++] = request;
    if (random() % 50 !== 0) waiting[place] = request; // every fiftieth is never answered
    request++;
  }
  return events;
}

/** A key of 53 bits that says nothing of the order. */
function keyOf(request: number): number {
  return keyHigh(request) * 2 ** 32 + (keyLow(request) >>> 0);
}

/** One way to join: it goes on from event to event, and has matched so many so far. */
interface Join {
  readonly matched: number;
  run(from: number, to: number): void;
}

/** The least one would write: a map of objects by key, and a queue of them for what is never answered. */
function joinByMap(events: Int32Array, perMillisecond: number): Join {
  interface Open {
    readonly key: number;
    readonly time: number;
    readonly sequence: number;
    done: boolean;
  }
  const open = new Map<number, Open>();
  let queue: Open[] = [];
  let head = 0;
  let matched = 0;
  return {
    get matched() {
      return matched;
    },
    run(from, to) {
      queue = queue.slice(head);
      head = 0;
      for (let at = from; at < to; at++) {
        const event = events[at] as number;
        const time = Math.floor(at / perMillisecond);
        if (event >= 0) {
          const request = { key: keyOf(event), time, sequence: event & 0xffff, done: false };
          open.set(request.key, request);
          queue.push(request);
        } else {
          const request = open.get(keyOf(~event));
          if (request !== undefined && time - request.time <= settings.after) {
            request.done = true;
            open.delete(request.key);
            matched++;
          }
        }
        for (
          let first = queue[head];
          first !== undefined && first.time + settings.after < time;
          first = queue[++head]
        ) {
          if (!first.done) open.delete(first.key);
        }
      }
    },
  };
}

function joinByBareTable(events: Int32Array, perMillisecond: number, inFlight: number): Join {
  const table = new BareTable(settings.after, inFlight, inFlight * windowPerFlight);
  return {
    get matched() {
      return table.matched;
    },
    run(from, to) {
      for (let at = from; at < to; at++) table.take(events[at] as number, at, Math.floor(at / perMillisecond));
    },
  };
}

function addEvent(columns: JournalColumns, events: Int32Array, at: number, perMillisecond: number): void {
  const event = events[at] as number;
  const request = event >= 0 ? event : ~event;
  const time = Math.floor(at / perMillisecond);
  columns.addFrame(at, 0, Number.NaN, event >= 0 ? 0 : 1, keyOf(request), request & 0xffff, time, frameLength);
}

/** Fill columns with batch after batch, and hand each of them to what takes it. */
function fillColumns(events: Int32Array, perMillisecond: number, take: (columns: JournalColumns) => number): Join {
  const columns = new JournalColumns(batchLength);
  let matched = 0;
  return {
    get matched() {
      return matched;
    },
    run(first, end) {
      for (let from = first; from < end; from += batchLength) {
        columns.clear();
        const to = Math.min(end, from + batchLength);
        for (let at = from; at < to; at++) addEvent(columns, events, at, perMillisecond);
        matched = take(columns);
      }
    },
  };
}

function joinByTable(events: Int32Array, perMillisecond: number): Join {
  const correlation = new Correlation(correlationRule(settings));
  return fillColumns(events, perMillisecond, (columns) => {
    correlation.run(columns, 0, columns.length);
    correlation.log.clear();
    return correlation.counters.matched[0] as number;
  });
}

function joinByOperator(events: Int32Array, perMillisecond: number): Join {
  const bytes = new Uint8Array(frameLength);
  const input = new Subject<HeadedBatch>();
  const correlator = createCorrelator(settings);
  let matched = 0;
  input.pipe(correlate(correlator)).subscribe(({ messages }) => {
    matched += messages.length;
  });
  return {
    get matched() {
      return matched;
    },
    run(first, end) {
      for (let from = first; from < end; from += batchLength) {
        const columns = new JournalColumns(batchLength);
        const messages: JournalEntry[] = [];
        const to = Math.min(end, from + batchLength);
        for (let at = from; at < to; at++) {
          addEvent(columns, events, at, perMillisecond);
          messages.push({ kind: 'frame', position: at, input: 0, ingested: null, bytes });
        }
        input.next({ partition: 0, from, to, messages, columns, issues: new Map() });
      }
    },
  };
}

/** Bytes of the tables for each of so many open requests. */
function memoryPerOpen(inFlight: number): number {
  const correlation = new Correlation(correlationRule(settings));
  const columns = new JournalColumns(inFlight);
  for (let at = 0; at < inFlight; at++) {
    columns.addFrame(at, 0, Number.NaN, 0, keyOf(at), at & 0xffff, Math.floor((at * 1000) / inFlight), frameLength);
  }
  correlation.run(columns, 0, inFlight);
  return correlation.memory / correlation.open.count;
}

/**
 * Time all ways to join with so many requests in flight. What is timed goes on where another stretch of traffic ended, longer than the window and long
 * enough for the compiler: so the tables are as full as they become, requests expire, and no code is cold.
 */
function timeJoins(inFlight: number, rounds: number): Readonly<Record<JoinName, number>> {
  const step = Math.max(inFlight, eventsPerRound);
  const before = Math.max(1.25 * windowPerFlight * inFlight, fewestBefore);
  const events = traffic(inFlight, before + (rounds + 1) * step);
  const perMillisecond = (inFlight * windowPerFlight) / settings.after;
  const joins: Readonly<Record<JoinName, Join>> = {
    table: joinByTable(events, perMillisecond),
    columns: fillColumns(events, perMillisecond, () => 0),
    bare: joinByBareTable(events, perMillisecond, inFlight),
    operator: joinByOperator(events, perMillisecond),
    map: joinByMap(events, perMillisecond),
  };
  for (const [name, join] of Object.entries(joins)) {
    join.run(0, before);
    if (name !== 'columns' && join.matched !== joins.table.matched) throw new Error(`the table and ${name} disagree`);
  }
  const contender = (join: Join): Contender => {
    let from = before;
    return () => {
      join.run(from, from + step);
      from += step;
      return step;
    };
  };
  return medianTimes(
    {
      table: contender(joins.table),
      columns: contender(joins.columns),
      bare: contender(joins.bare),
      operator: contender(joins.operator),
      map: contender(joins.map),
    },
    rounds,
  );
}

/** Times the join of requests and responses: the table alone, and the operator with everything around it. */
export const correlateBenchmark: Benchmark = {
  title: 'Joining requests and responses: nanoseconds for each of them',
  async run({ part, rounds }) {
    const figures: Figure[] = [];
    for (const { name, inFlight, floor, goal } of sizes) {
      if (part !== null && part !== name) continue;
      const times = timeJoins(inFlight, inFlight > 100_000 ? Math.min(rounds, 3) : rounds);
      const joining = times.table - times.columns; // what reads headers fills columns
      figures.push(
        { name: `correlate/${name}/table/ns-per-event`, value: joining, unit: 'ns', floor, goal },
        { name: `correlate/${name}/bare-table/ns-per-event`, value: times.bare, unit: 'ns' },
        {
          name: `correlate/${name}/table/ratio-to-bare-table`,
          value: joining / times.bare,
          unit: 'x',
          rising: false,
        },
        { name: `correlate/${name}/operator/ns-per-event`, value: times.operator, unit: 'ns' },
        { name: `correlate/${name}/map/ns-per-event`, value: times.map, unit: 'ns' },
        { name: `correlate/${name}/table/ratio-to-map`, value: joining / times.map, unit: 'x', rising: false },
        {
          name: `correlate/${name}/memory/bytes-per-open`,
          value: memoryPerOpen(inFlight),
          unit: 'B',
          floor: 64,
          rising: false,
        },
      );
    }
    return figures;
  },
};
