import type { SavedRecord } from './change-list.ts';

/** How much of something there may be. A reload changes it, for all that refer to it. */
export interface Limit {
  /** All partitions together; `null`: no limit. */
  amount: number | null;
  /** What this partition starts with: Infinity where there is no limit. */
  share: number;
}

/** Let a limit be an amount; the shares with which partitions start add up to it. */
export function setLimit(limit: Limit, amount: number | null, partition: number, partitions: number): void {
  limit.amount = amount;
  limit.share =
    amount === null
      ? Number.POSITIVE_INFINITY
      : Math.floor(((partition + 1) * amount) / partitions) - Math.floor((partition * amount) / partitions);
}

/** Make a limit that lets everything pass until it is set. */
export function noLimit(): Limit {
  return { amount: null, share: Number.POSITIVE_INFINITY };
}

/** How a partition stands with others about something of which it has run short. */
export class Asking {
  /** What it is about, as messages name it. */
  readonly resource: string;
  /** Whether an answer is still to come. */
  waits = false;
  /** How far ahead in the ring of partitions the one is that is asked next. */
  next = 1;
  /** The least that helps. */
  need = 1;
  /** Answers in a row that had nothing to give. */
  refused = 0;
  /** Refusals of candidates to wait for before the ring is asked again. */
  rest = 0;
  /** What was there when something came last, or when it was first used; Infinity: nobody looked yet. */
  had: number = Number.POSITIVE_INFINITY;

  constructor(resource: string) {
    this.resource = resource;
  }
}

/** A piece of the state that allowances are of, and what messages call them. */
export interface AllowanceOwner extends SavedRecord {
  resourceOf(allowance: Allowance): string;
}

/** Numbers that bets ask for, in one array, so that what is asked for together is in one place of the memory. */
export interface NumberRows {
  readonly numbers: Float64Array;
}

/**
 * Part of a limit that a partition holds: a count or cents. Always `left = share + received - given - used`.
 *
 * Two of its numbers may stand in a row that bets look at: what there is in all (`share + received - given`), and how much of it is used.
 */
export class Allowance {
  readonly limit: Limit;
  /** The piece of the state that it is saved with. */
  readonly owner: AllowanceOwner;
  received = 0;
  given = 0;
  private count = 0;
  private rows: NumberRows | null = null;
  private at = 0;
  private known: Asking | null = null;

  constructor(limit: Limit, owner: AllowanceOwner) {
    this.limit = limit;
    this.owner = owner;
  }

  /** It is made when somebody looks: most allowances never run short, and a partition alone asks nobody. */
  get asking(): Asking {
    this.known ??= new Asking(this.owner.resourceOf(this));
    return this.known;
  }

  get used(): number {
    return this.rows === null ? this.count : (this.rows.numbers[this.at + 1] as number);
  }

  set used(count: number) {
    if (this.rows === null) this.count = count;
    else this.rows.numbers[this.at + 1] = count;
  }

  get left(): number {
    return this.limit.share + this.received - this.given - this.used;
  }

  /** Whether nothing of it was ever used, given, received or asked for. */
  get isUnused(): boolean {
    return this.used === 0 && this.received === 0 && this.given === 0 && this.known === null;
  }

  /** Let its numbers stand in a row, two from an index on. */
  enter(rows: NumberRows, at: number): void {
    const { used } = this;
    this.rows = rows;
    this.at = at;
    this.used = used;
    this.settle();
  }

  /** Let them stand there no longer. */
  leave(): void {
    const { used } = this;
    this.rows = null;
    this.used = used;
  }

  /** Hear that the limit changed, or what was received or given: the row says how much there is in all. */
  settle(): void {
    if (this.rows !== null) this.rows.numbers[this.at] = this.limit.share + this.received - this.given;
  }

  /** What there is of it besides the share, as numbers to be kept. */
  save(): readonly number[] {
    return [this.used, this.received, this.given, ...(this.known === null ? unasked : saveAsking(this.known))];
  }

  restore([used = 0, received = 0, given = 0, ...asking]: readonly number[]): void {
    this.used = used;
    this.received = received;
    this.given = given;
    this.settle();
    if (asking.some((number, index) => number !== unasked[index])) restoreAsking(this.asking, asking);
  }
}

const unasked: readonly number[] = saveAsking(new Asking(''));

/** What is kept of an allowance of which nothing was ever asked for or given. */
export function plainUse(used: number): readonly number[] {
  return [used, 0, 0, ...unasked];
}

/** An asking as numbers to be kept. */
export function saveAsking({ waits, next, need, refused, rest, had }: Asking): readonly number[] {
  return [waits ? 1 : 0, next, need, refused, rest, Number.isFinite(had) ? had : -1];
}

/** Be what `saveAsking` kept. */
export function restoreAsking(
  asking: Asking,
  [waits = 0, next = 1, need = 1, refused = 0, rest = 0, had = -1]: readonly number[],
): void {
  asking.waits = waits === 1;
  asking.next = next;
  asking.need = need;
  asking.refused = refused;
  asking.rest = rest;
  asking.had = had < 0 ? Number.POSITIVE_INFINITY : had;
}
