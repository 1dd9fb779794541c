import { correlate, createCorrelator, type HeadedBatch, JournalColumns, type JournalEntry } from 'overpunch/streams';
import { Subject } from 'rxjs';
import { correlationRule } from '../dist/streams/correlate-settings.js';
import { Correlation } from '../dist/streams/correlation.js';
import { BareTable, keyHigh, keyLow } from './bare-table.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { medianTimes } from './median-times.ts';

const batchLength = 1024;
const frameLength = 64; // bytes
const windowPerFlight = 8; // a response comes after an eighth of the window on the average: 250 ms of 2 s
const settings = { before: 200, after: 2000, grace: 0, disorder: 0 };
const sizes = [
  { name: '10k', inFlight: 10_000, floor: 80, goal: 40 },
  { name: '100k', inFlight: 100_000, floor: 140, goal: 75 },
  { name: '1M', inFlight: 1_000_000, floor: 250, goal: 130 },
] as const;

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

/** The least one would write: a map of objects by key, and a queue of them for what is never answered. */
function joinByMap(events: Int32Array, perMillisecond: number): number {
  const open = new Map<number, { key: number; time: number; sequence: number; done: boolean }>();
  const queue: { key: number; time: number; sequence: number; done: boolean }[] = [];
  let head = 0;
  let matched = 0;
  for (let at = 0; at < events.length; at++) {
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
    for (let first = queue[head]; first !== undefined && first.time + settings.after < time; first = queue[++head]) {
      if (!first.done) open.delete(first.key);
    }
  }
  return matched;
}

function joinByBareTable(events: Int32Array, perMillisecond: number, inFlight: number): number {
  const table = new BareTable(settings.after, inFlight, inFlight * windowPerFlight);
  for (let at = 0; at < events.length; at++) table.take(events[at] as number, at, Math.floor(at / perMillisecond));
  return table.matched;
}

function addEvent(columns: JournalColumns, events: Int32Array, at: number, perMillisecond: number): void {
  const event = events[at] as number;
  const request = event >= 0 ? event : ~event;
  const time = Math.floor(at / perMillisecond);
  columns.addFrame(at, 0, Number.NaN, event >= 0 ? 0 : 1, keyOf(request), request & 0xffff, time, frameLength);
}

/** Fill columns with batch after batch, and hand each of them to what takes it. */
function fillColumns(events: Int32Array, perMillisecond: number, columns: JournalColumns, take: () => void): number {
  for (let from = 0; from < events.length; from += batchLength) {
    columns.clear();
    const to = Math.min(events.length, from + batchLength);
    for (let at = from; at < to; at++) addEvent(columns, events, at, perMillisecond);
    take();
  }
  return events.length;
}

function joinByTable(events: Int32Array, perMillisecond: number, columns: JournalColumns): Correlation {
  const correlation = new Correlation(correlationRule(settings));
  fillColumns(events, perMillisecond, columns, () => {
    correlation.run(columns, 0, columns.length);
    correlation.log.clear();
  });
  return correlation;
}

function joinByOperator(events: Int32Array, perMillisecond: number): number {
  const bytes = new Uint8Array(frameLength);
  const input = new Subject<HeadedBatch>();
  const correlator = createCorrelator(settings);
  let matched = 0;
  const subscription = input.pipe(correlate(correlator)).subscribe(({ messages }) => {
    matched += messages.length;
  });
  for (let from = 0; from < events.length; from += batchLength) {
    const columns = new JournalColumns(batchLength);
    const messages: JournalEntry[] = [];
    const to = Math.min(events.length, from + batchLength);
    for (let at = from; at < to; at++) {
      addEvent(columns, events, at, perMillisecond);
      messages.push({ kind: 'frame', position: at, input: 0, ingested: null, bytes });
    }
    input.next({ partition: 0, from, to, messages, columns, issues: new Map() });
  }
  subscription.unsubscribe();
  return matched;
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

/** Times the join of requests and responses: the table alone, and the operator with everything around it. */
export const correlateBenchmark: Benchmark = {
  title: 'Joining requests and responses: nanoseconds for each of them',
  async run({ quick, rounds }) {
    const figures: Figure[] = [];
    for (const { name, inFlight, floor, goal } of sizes) {
      const events = traffic(inFlight, (quick ? 2 : 12) * Math.max(inFlight, 100_000));
      const perMillisecond = (inFlight * windowPerFlight) / settings.after;
      const columns = new JournalColumns(batchLength);
      const table = joinByTable(events, perMillisecond, columns).counters.matched[0];
      if (table !== joinByMap(events, perMillisecond)) throw new Error('the table and the map disagree');
      if (table !== joinByOperator(events, perMillisecond)) throw new Error('the table and the operator disagree');
      if (table !== joinByBareTable(events, perMillisecond, inFlight)) throw new Error('the two tables disagree');
      const times = medianTimes(
        {
          table: () => joinByTable(events, perMillisecond, columns).counters.frames,
          columns: () => fillColumns(events, perMillisecond, columns, () => undefined),
          bare: () => {
            joinByBareTable(events, perMillisecond, inFlight);
            return events.length;
          },
          operator: () => {
            joinByOperator(events, perMillisecond);
            return events.length;
          },
          map: () => {
            joinByMap(events, perMillisecond);
            return events.length;
          },
        },
        inFlight > 100_000 ? Math.min(rounds, 3) : rounds,
      );
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
