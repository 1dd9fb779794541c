import type { FrameRecords } from './frame-records.ts';
import { IdentityGeneration } from './identity-generation.ts';
import { valuesHash } from './key-hash.ts';
import type { KeyTable } from './key-table.ts';

/** What the identities of one direction depend on. */
export interface IdentityRule {
  readonly direction: 0 | 1;
  /** Whether event time is part of an identity. */
  readonly timed: boolean;
  /** What is added to a time to get its deadline. */
  readonly delay: number;
  /** About how far deadlines lie ahead of the watermark. */
  readonly horizon: number;
  readonly seed: number;
}

/**
 * The identities of requests, or of responses, open and closed ones, until the watermark passes their deadlines.
 *
 * An identity with its event time determines its deadline, so identities lie in generations, each for a stretch of deadlines, and only
 * one of them can hold a given identity: nearly always the latest one, which is in the cache. A generation that the watermark passed
 * is dropped as a whole: nothing is deleted one by one. Where time is no part of the identity every generation must be looked through;
 * then there are few.
 */
export class KnownIdentities {
  /** What is known, by the number of its generation: the stretch of deadlines is `number * span` up to the next one. */
  readonly generations: Map<number, IdentityGeneration> = new Map();
  readonly direction: 0 | 1;
  readonly span: number;
  readonly delay: number;
  private readonly rule: IdentityRule;
  private readonly perSpan: number;
  private readonly records: FrameRecords;
  private readonly keys: KeyTable;
  /** The generation used last, the watermark at which some generation can be dropped, and the slots of a dropped one. */
  current: IdentityGeneration;
  nextDrop: number = Number.POSITIVE_INFINITY;
  private spare: Int32Array | undefined;
  /** Numbers of the generations after `passed`, the first one last. */
  private readonly ahead: number[] = [];
  private passed = Number.NEGATIVE_INFINITY;
  /** Numbers of the generations up to `passed`, in any order: there are few. */
  private behind: number[] = [];

  constructor(rule: IdentityRule, records: FrameRecords, keys: KeyTable) {
    this.rule = rule;
    this.direction = rule.direction;
    this.delay = rule.delay;
    this.records = records;
    this.keys = keys;
    // A power of two, so that the division is exact.
    this.span = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, rule.horizon) / (rule.timed ? 64 : 4))));
    this.perSpan = 1 / this.span;
    this.current = new IdentityGeneration(Number.NaN, this, records);
  }

  /** The hash of the identity at `values[from]`. */
  hashOf(values: Float64Array, from: number): number {
    const { seed, timed } = this.rule;
    return valuesHash(values[from] as number, values[from + 1] as number, values[from + 2] as number, seed, timed);
  }

  /**
   * The entry of the key and sequence at `values[from]` with any time whose deadline is not before the watermark; −1 when there is none. For
   * where time is no part of the identity.
   */
  find(hash: number, values: Float64Array, from: number, watermark: number): number {
    for (const generation of this.generations.values()) {
      const entry = generation.findSince(hash, values, from, watermark - this.delay);
      if (entry >= 0) return entry;
    }
    return -1;
  }

  /**
   * Add the identity (key, sequence, time) at `values[from]`, unless it is there with its time. Returns its entry, or the complement of that
   * when it is new.
   */
  findOrAdd(hash: number, values: Float64Array, from: number): number {
    const number = Math.floor(((values[from + 2] as number) + this.delay) * this.perSpan);
    const current = this.current.number === number ? this.current : this.turnTo(number);
    if (current.isFull) this.grow(current);
    if ((values[from] as number) >= 0) return current.findOrAdd(hash, values, from);
    const entry = current.findOrAdd(hash, values, from);
    if (entry < 0) {
      this.keys.hold(values[from] as number);
      current.hasNumberedKeys = true;
    }
    return entry;
  }

  /** Number of the first generation that `pass` did not pass yet; infinite when there is none. */
  get next(): number {
    const { ahead } = this;
    return ahead.length === 0 ? Number.POSITIVE_INFINITY : (ahead[ahead.length - 1] as number);
  }

  /** Pass the generations up to this number. */
  pass(number: number): void {
    this.passed = number;
    while (this.next <= number) this.behind.push(this.ahead.pop() as number);
  }

  /** Drop the generations whose deadlines are all before the watermark. */
  forget(watermark: number): void {
    if (watermark < this.nextDrop) return;
    const { ahead, behind } = this;
    // All of them were passed, but for those of a state that was read.
    while (ahead.length > 0 && (this.next + 1) * this.span <= watermark) behind.push(ahead.pop() as number);
    const kept: number[] = [];
    this.nextDrop = (this.next + 1) * this.span;
    for (const number of behind) {
      const end = (number + 1) * this.span;
      if (end > watermark) {
        this.nextDrop = Math.min(this.nextDrop, end);
        kept.push(number);
      } else this.drop(this.generations.get(number) as IdentityGeneration);
    }
    this.behind = kept;
  }

  /** Bytes of everything kept, without the records. */
  get memory(): number {
    let memory = this.spare?.byteLength ?? 0;
    for (const generation of this.generations.values()) memory += generation.slots.byteLength;
    return memory;
  }

  private turnTo(number: number): IdentityGeneration {
    this.current = this.generations.get(number) ?? this.begin(number);
    return this.current;
  }

  private grow(generation: IdentityGeneration): void {
    const { records } = this;
    const { seed, timed } = this.rule;
    generation.grow((entry) => {
      return valuesHash(records.key(entry), records.sequence(entry), records.time(entry), seed, timed);
    });
  }

  private begin(number: number): IdentityGeneration {
    const { spare, records } = this;
    const fewest = this.current.slotsForAsMany;
    const slots = spare !== undefined && spare.length >= fewest ? spare : new Int32Array(fewest);
    const generation = new IdentityGeneration(number, this, records, slots);
    if (slots === spare) this.spare = undefined;
    this.generations.set(number, generation);
    this.nextDrop = Math.min(this.nextDrop, (number + 1) * this.span);
    if (number <= this.passed) this.behind.push(number);
    else {
      const { ahead } = this;
      let at = ahead.length; // the latest number goes to the beginning, which is mostly the end of a short way
      ahead.push(number);
      for (; at > 0 && (ahead[at - 1] as number) < number; at--) ahead[at] = ahead[at - 1] as number;
      ahead[at] = number;
    }
    return generation;
  }

  private drop(generation: IdentityGeneration): void {
    this.generations.delete(generation.number);
    if (this.current === generation) this.current = new IdentityGeneration(Number.NaN, this, this.records);
    for (let at = 0; generation.hasNumberedKeys && at < generation.count; at++) {
      const key = this.records.key(generation.entry(at));
      if (key < 0) this.keys.release(key);
    }
    generation.release();
    this.spare = generation.slots.fill(0);
  }
}
