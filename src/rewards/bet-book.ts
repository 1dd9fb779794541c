import { GradualSlots } from './gradual-slots.ts';
import type { Holding } from './holding.ts';
import { HoldingTable } from './holding-table.ts';
import { PackedIds } from './packed-ids.ts';

/** What is known of a bet: only its cancellation, that it got nothing, that it has rewards, or that it was cancelled. */
export const betStates = { gone: 0, early: 1, plain: 2, rewarded: 3, cancelled: 4 } as const;

const firstCapacity = 1024;
const numberMask = 0x3fff_ffff; // of a sequence number, as far as it is told from others that are known at the same time
const forgottenAtOnce = 8; // so that no entry has to wait for a whole day to be forgotten

/**
 * The bets and cancellations of the recent past, by the id of the bet.
 *
 * They stand in a ring in the order in which they came, so that old ones leave at its beginning, and are found by the hashes of ids. What is
 * older than the horizon is unknown, whether or not it has left already. The horizon never moves back.
 */
export class BetBook {
  /** Sequence number of the oldest bet in the ring, and of the next one. */
  first = 0;
  end = 0;
  horizon: number = Number.NEGATIVE_INFINITY;
  private readonly ids: PackedIds;
  /** By place in the ring. */
  private times = new Float64Array(firstCapacity);
  private states = new Uint8Array(firstCapacity);
  private hashes = new Int32Array(firstCapacity);
  /** Sequence numbers by the hashes of ids. */
  private readonly slots = new GradualSlots();
  /** Of what bets hold, the first row + 1, by place in the ring; 0: nothing. */
  private held = new Int32Array(firstCapacity);
  private readonly rows = new HoldingTable();
  /** Hears of bets that leave, and their last state. */
  private readonly left: (sequence: number, state: number) => void;
  /** Of the bet that was looked for last. */
  private lastHash = 0;
  /** Hashes of the bets that it was made ready for. */
  private readonly prepared: number[] = [];
  /** Kept so that reading for the cache alone is not left out. */
  fetched = 0;

  constructor(left: (sequence: number, state: number) => void = () => {}) {
    this.left = left;
    this.ids = new PackedIds(firstCapacity, (Math.random() * 0x1_0000_0000) | 0);
  }

  /** Make ready to look for some bets, which takes less time for all of them together. */
  prepare(bets: readonly { readonly bet: string }[]): void {
    const { ids, slots } = this;
    let fetched = 0;
    for (let at = 0; at < bets.length; at++) {
      const hash = ids.take((bets[at] as { readonly bet: string }).bet);
      ids.keep(at);
      this.prepared[at] = hash;
      fetched ^= slots.fetch(hash);
    }
    this.fetched = fetched;
  }

  /** The same as `find` of one of those that it was made ready for. */
  findPrepared(at: number): number {
    this.ids.recall(at);
    return this.locate(this.prepared[at] as number);
  }

  /** Sequence number of a bet, or -1. */
  find(bet: string): number {
    return this.locate(this.ids.take(bet));
  }

  /** Find the bet in hand, which has a hash. */
  private locate(hash: number): number {
    const { ids, slots } = this;
    this.lastHash = hash;
    const mask = this.times.length - 1;
    for (let number = slots.first(hash); number >= 0; number = slots.next()) {
      const place = number & mask;
      if (!ids.isAt(place)) continue;
      if ((this.times[place] as number) >= this.horizon) return this.sequenceOf(place);
      slots.remove();
      this.states[place] = betStates.gone;
      return -1;
    }
    return -1;
  }

  /** Add the bet that was looked for last and not found; returns its sequence number. */
  add(time: number, state: number): number {
    if (this.end - this.first === this.times.length) this.grow();
    const sequence = this.end++;
    const place = sequence & (this.times.length - 1);
    this.ids.put(place);
    this.times[place] = time;
    this.states[place] = state;
    this.hashes[place] = this.lastHash;
    this.held[place] = 0;
    if (state !== betStates.gone) this.slots.add(sequence & numberMask, this.lastHash);
    return sequence;
  }

  id(sequence: number): string {
    return this.ids.text(sequence & (this.times.length - 1));
  }

  /** Bytes that `writeId` takes at most. */
  idBytes(sequence: number): number {
    return this.ids.bytesAt(sequence & (this.times.length - 1));
  }

  /** Write the id of a bet in JSON, from an offset on; returns its end. */
  writeId(sequence: number, to: Buffer, start: number): number {
    return this.ids.write(sequence & (this.times.length - 1), to, start);
  }

  time(sequence: number): number {
    return this.times[sequence & (this.times.length - 1)] as number;
  }

  state(sequence: number): number {
    return this.states[sequence & (this.times.length - 1)] as number;
  }

  setState(sequence: number, state: number): void {
    this.states[sequence & (this.times.length - 1)] = state;
  }

  /** What a bet holds, in the order in which it got it. */
  holdings(sequence: number): readonly Holding[] {
    return this.rows.list((this.held[sequence & (this.times.length - 1)] as number) - 1);
  }

  /** Let a bet hold something more. `behind`: what was returned for what it got before that; -1: it holds nothing yet. */
  hold(sequence: number, holding: Holding, behind: number): number {
    const row = this.rows.add(holding, behind);
    if (behind < 0) this.held[sequence & (this.times.length - 1)] = row + 1;
    return row;
  }

  /** Let a bet hold nothing any more. */
  release(sequence: number): void {
    this.free(sequence & (this.times.length - 1));
  }

  /** Let some of what is older than the horizon leave. */
  forget(): void {
    const mask = this.times.length - 1;
    for (let count = 0; count < forgottenAtOnce && this.first < this.end; count++) {
      const place = this.first & mask;
      const state = this.states[place] as number;
      const gone = state === betStates.gone;
      if (!gone && (this.times[place] as number) >= this.horizon) return;
      if (!gone) this.unlink(this.first, this.hashes[place] as number);
      this.ids.clear(place);
      this.free(place);
      this.left(this.first++, state);
    }
  }

  /** Begin an empty book at a sequence number. */
  begin(sequence: number): void {
    this.first = sequence;
    this.end = sequence;
  }

  /** Add a bet as it was kept, one after the other from `begin` on. */
  restore(bet: string, time: number, state: number): void {
    this.lastHash = this.ids.take(bet);
    this.add(time, time < this.horizon ? betStates.gone : state);
  }

  /** Leave room for bets that had left before they could be kept. */
  skip(sequence: number): void {
    while (this.end < sequence) this.restore('', Number.NEGATIVE_INFINITY, betStates.gone);
  }

  /** When all was put back: let those leave that had left. */
  finish(first: number): void {
    for (; this.first < first; this.first++) this.ids.clear(this.first & (this.times.length - 1));
  }

  private free(place: number): void {
    this.rows.release((this.held[place] as number) - 1);
    this.held[place] = 0;
  }

  private sequenceOf(place: number): number {
    const mask = this.times.length - 1;
    return this.first + ((place - this.first) & mask);
  }

  private unlink(sequence: number, hash: number): void {
    const { slots } = this;
    let number = slots.first(hash);
    while (number !== (sequence & numberMask)) number = slots.next();
    slots.remove();
  }

  private grow(): void {
    const { first } = this;
    const length = 2 * this.times.length;
    this.ids.grow(length, first, this.end);
    this.held = turned(this.held, new Int32Array(length), first);
    this.times = turned(this.times, new Float64Array(length), first);
    this.states = turned(this.states, new Uint8Array(length), first);
    this.hashes = turned(this.hashes, new Int32Array(length), first);
  }
}

/** Put what stands in a full ring, whose first number is `first`, into one that is twice as large. */
function turned<Ring extends Int32Array | Float64Array | Uint8Array>(from: Ring, to: Ring, first: number): Ring {
  const split = first & (from.length - 1); // what stands from there on is of the lap of the first number, the rest of the next one
  const lap = first - split;
  to.set(from.subarray(split), (lap & (to.length - 1)) + split);
  to.set(from.subarray(0, split), (lap + from.length) & (to.length - 1));
  return to;
}
