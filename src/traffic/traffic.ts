import type { Catalog } from '../frames/catalog/catalog.ts';
import { Arrivals } from './arrivals.ts';
import { EventQueue } from './event-queue.ts';
import { type ExchangeMix, exchangeMix } from './exchange-mix.ts';
import { type Notices, notices } from './notices.ts';
import { quantilesThrough } from './quantiles.ts';
import { raceNoticeRate } from './race-notice-rate.ts';
import type { Random } from './random.ts';
import { TappedLine, type TrafficBlock, type TrafficTally } from './tapped-line.ts';
import { Tote } from './tote.ts';
import type { TrafficSettings } from './traffic-options.ts';
import { pairUp, type TruthEntry } from './truth-log.ts';
import type { Envelope, WireForm } from './wire-form.ts';

/** When the simulated afternoon begins: 13:30 in Paris on a Sunday. */
export const start: number = Date.UTC(2026, 2, 1, 12, 30);
const messageShare = 1 / 400; // messages to all terminals per conversation
const noticeShare = 1 / 150; // notices of types that are not modelled
const muchAboutRaces = 1 / 20; // of all frames are notices about races: fewer are within what chance does to the rate
const mostAboutRaces = 1 / 2; // of all frames: what is beyond is not sent

/** Seconds until the answer: most come at once, some take long, none longer than the window of the catalog. */
const latency = quantilesThrough([
  [0, 0.004],
  [0.1, 0.015],
  [0.5, 0.045],
  [0.9, 0.16],
  [0.99, 0.45],
  [0.999, 0.9],
  [1, 1.4],
]);

/** What happens to a conversation. Event numbers are its place times these. */
const events = { answer: 0, repeat: 1, lastRepeat: 2, count: 3 } as const;

/** One run of the simulation. Times are microseconds since its start, but for those that frames carry. */
export class Traffic {
  readonly #settings: TrafficSettings;
  readonly #tote: Tote;
  readonly #random: Random;
  readonly #mix: ExchangeMix;
  readonly #notices: Notices;
  readonly #arrivals: Arrivals;
  /** Share of the notices about races that is sent: less than all when there are more of them than frames are asked for. */
  readonly #raceNoticeShare: number;
  readonly #queue = new EventQueue();
  readonly #line: TappedLine;
  /** By conversation: the truth of its question, and what must be sent again. */
  readonly #asked: (TruthEntry | null)[] = [];
  readonly #repeats = new Map<number, { readonly wire: WireForm; readonly values: Float64Array }>();
  readonly #envelope = { terminal: 0, transaction: 0, sequence: 0, time: 0, resent: false };
  /** Seconds: an answer is in time, and how late is late. */
  readonly #after: number;
  readonly #window: number;
  #time = 0;
  #arrival = 0;
  #toldTransactions = 0;
  #told = 0;

  constructor(catalog: Catalog, settings: TrafficSettings) {
    const { seed, terminals, rate, frames, duration, orphans, missing, retransmissions, duplicates, truth } = settings;
    const tote = new Tote(catalog, seed, terminals, start, truth, settings.meetings);
    this.#settings = settings;
    this.#tote = tote;
    this.#random = tote.random;
    this.#mix = exchangeMix(tote);
    this.#notices = notices(tote);
    this.#after = catalog.correlation.after / 1000;
    this.#window = this.#after + catalog.correlation.grace / 1000;
    const end = Number.isFinite(duration) ? duration / 1000 : frames / rate;
    const each = Math.max(0.05, (2 - orphans - missing + retransmissions) * (1 + duplicates));
    const firstOff = (tote.programme.firstOff - start) / 1000;
    // Races are told as often as there are some, whatever the rate: where that is much of it, it leaves room for less else.
    const aboutRaces = raceNoticeRate(tote, end) * (1 + duplicates);
    this.#raceNoticeShare = Math.min(1, (mostAboutRaces * rate) / aboutRaces);
    const others = aboutRaces < muchAboutRaces * rate ? rate : rate - this.#raceNoticeShare * aboutRaces;
    this.#arrivals = new Arrivals(others / each, firstOff, end, tote.random);
    this.#line = new TappedLine(catalog, settings, start, tote.random);
  }

  *run(): Generator<TrafficBlock, TrafficTally, undefined> {
    this.#arrival = this.#nextArrival();
    while (this.#step()) if (this.#line.full) yield this.#line.take(false);
    this.#line.writeDelayed(Number.POSITIVE_INFINITY);
    yield this.#line.take(true);
    return this.#line.finish();
  }

  /** Let happen what comes next; `false` at the end. */
  #step(): boolean {
    const { programme } = this.#tote;
    const told = (programme.time - start) * 1000;
    const next = Math.min(this.#arrival, this.#queue.time, told);
    if (next >= this.#settings.duration * 1000) return false;
    if (this.#line.time <= next) this.#line.writeDelayed(next);
    if (this.#line.done) return false;
    this.#time = next;
    this.#tote.now = start + Math.floor(next / 1000);
    if (next === this.#arrival) {
      this.#arrive();
      this.#arrival = this.#nextArrival();
    } else if (next === told) {
      const { race, event } = programme.take();
      const share = this.#raceNoticeShare;
      this.#notices.race(race, event, (wire) => {
        if (share === 1 || this.#random.chance(share)) this.#tell(wire);
      });
    } else {
      this.#happen(this.#queue.take());
    }
    return true;
  }

  #nextArrival(): number {
    return Math.floor(this.#arrivals.next() * 1e6);
  }

  /** A customer comes to a terminal, or the terminal has something to say itself. */
  #arrive(): void {
    const { terminals, talks } = this.#tote;
    const random = this.#random;
    const { orphans, missing, retransmissions, late } = this.#settings;
    if (random.chance(messageShare)) this.#notices.message((wire) => this.#tell(wire));
    if (this.#mix.notices.length > 0 && random.chance(noticeShare)) {
      const notice = this.#mix.notices[random.below(this.#mix.notices.length)];
      if (notice !== undefined) this.#tell(notice());
    }
    if (this.#line.done) return;
    const terminal = terminals.draw();
    const index = this.#mix.choose(terminals.states[terminal] as number);
    const exchange = this.#mix.exchanges[index];
    if (exchange === undefined) return;
    const place = talks.begin(index, terminal, terminals.nextTransaction(terminal));
    const wire = exchange.ask(place);
    const orphan = random.chance(orphans);
    const answered = wire.type.pairsWith !== null && !random.chance(missing);
    const repeated = !orphan && random.chance(retransmissions);
    const isLate = random.chance(late);
    const envelope = this.#address(place, terminals.nextRequest(terminal), false);
    const values = repeated ? wire.form.values.slice() : null;
    const truth = orphan ? null : this.#line.send(wire, envelope, this.#time);
    this.#asked[place] = truth;
    const { pending } = talks;
    if (orphan) this.#line.tally.orphans++;
    if (!answered && wire.type.pairsWith !== null) this.#line.tally.missing++;
    if (values !== null) {
      this.#repeats.set(place, { wire, values });
      // Either the question is asked again since no answer came, or while a slow answer was on its way.
      if (!answered || random.below(2) === 0) {
        const after = this.#window + 0.1 + 2 * random.fraction();
        pending[place] = 1;
        this.#schedule(place, answered ? events.repeat : events.lastRepeat, after);
      } else {
        const slow = this.#after * (0.3 + 0.5 * random.fraction());
        pending[place] = 2;
        this.#schedule(place, events.lastRepeat, slow * (0.2 + 0.7 * random.fraction()));
        this.#answerIn(place, slow);
      }
    } else if (answered) {
      if (isLate) this.#line.tally.late++;
      pending[place] = 1;
      this.#answerIn(place, isLate ? this.#window + 0.05 + 5 * random.fraction() : this.#latency());
    } else {
      talks.end(place);
    }
  }

  #latency(): number {
    return Math.min(latency.draw(this.#random), 0.7 * this.#after);
  }

  #answerIn(place: number, seconds: number): void {
    const truth = this.#asked[place];
    if (truth !== null && truth !== undefined) truth.open = true;
    this.#schedule(place, events.answer, seconds);
  }

  #schedule(place: number, event: number, seconds: number): void {
    this.#queue.add(this.#time + Math.floor(seconds * 1e6), place * events.count + event);
  }

  #happen(code: number): void {
    const { talks } = this.#tote;
    const place = Math.floor(code / events.count);
    const event = code % events.count;
    if (event === events.answer) this.#answer(place);
    else this.#repeat(place, event === events.repeat);
    talks.pending[place] = (talks.pending[place] as number) - 1;
    if (talks.pending[place] === 0) {
      this.#asked[place] = null;
      talks.end(place);
    }
  }

  #answer(place: number): void {
    const { talks, terminals } = this.#tote;
    const wire = this.#mix.exchanges[talks.exchanges[place] as number]?.answer(place) ?? null;
    const asked = this.#asked[place] ?? null;
    if (wire !== null) {
      const sequence = terminals.nextResponse(talks.terminals[place] as number);
      const truth = this.#line.send(wire, this.#address(place, sequence, false), this.#time);
      if (asked !== null && truth !== null && readable(asked) && readable(truth)) pairUp(asked, truth);
    }
    if (asked !== null) asked.open = false;
  }

  /** Ask again: the same question under the same key, in a new frame. */
  #repeat(place: number, answered: boolean): void {
    const { talks, terminals } = this.#tote;
    const repeat = this.#repeats.get(place);
    if (repeat === undefined) return;
    this.#repeats.delete(place);
    repeat.wire.form.values.set(repeat.values);
    const sequence = terminals.nextRequest(talks.terminals[place] as number);
    const truth = this.#line.send(repeat.wire, this.#address(place, sequence, true), this.#time);
    this.#line.tally.retransmissions++;
    if (!answered) return;
    this.#asked[place] = truth;
    talks.pending[place] = (talks.pending[place] as number) + 1;
    this.#answerIn(place, this.#latency());
  }

  #address(place: number, sequence: number, resent: boolean): Envelope {
    const { talks, terminals, now } = this.#tote;
    const envelope = this.#envelope;
    envelope.terminal = terminals.numbers[talks.terminals[place] as number] as number;
    envelope.transaction = talks.transactions[place] as number;
    envelope.sequence = sequence;
    envelope.time = now;
    envelope.resent = resent;
    return envelope;
  }

  /** Send a notice to all terminals. */
  #tell(wire: WireForm): void {
    const envelope = this.#envelope;
    this.#toldTransactions = (this.#toldTransactions % 99_999) + 1;
    envelope.terminal = 0;
    envelope.transaction = this.#toldTransactions;
    envelope.sequence = ++this.#told % 1_000_000_000;
    envelope.time = this.#tote.now;
    envelope.resent = false;
    this.#line.send(wire, envelope, this.#time);
  }
}

/** Whether a header tells what the frame is: others cannot be paired by anyone. */
function readable({ malformed }: TruthEntry): boolean {
  return malformed !== 'header-cut' && malformed !== 'header-length' && malformed !== 'type';
}
