import type { Progress } from '../../runtime/embedded/progress.ts';
import { outgoingTopic } from '../../runtime/embedded/repartition.ts';
import type { TopicStore } from '../../runtime/embedded/topic-store.ts';
import { Wake } from '../../sources/wake.ts';
import { stageName } from './rewards-table.ts';

/** How far the inputs of a partition that come from other partitions are committed: for each of those the offset that comes next. */
interface Fetched {
  events: readonly number[];
  shares: readonly number[];
}

/**
 * How far the partitions of a rewards stage have come, so that it is woken by what is committed for it, knows when nothing more will come, and
 * is not left behind.
 */
export class StageProgress {
  /** Topics of events and of share messages: what they are named in front of the partition that they go to. */
  readonly events: string;
  readonly shares: string;
  readonly #stores: readonly TopicStore[];
  readonly #wakes: readonly Wake[];
  readonly #fetched: Fetched[];
  /** The same of commits that are on their way to the disk. */
  readonly #taken: (readonly number[])[];
  #waiting: (() => void)[] = [];
  #flowEnded = false;
  #stopped = false;

  constructor(pipeline: string, stores: readonly TopicStore[]) {
    this.events = stageName(pipeline);
    this.shares = `${pipeline}.shares`;
    this.#stores = stores;
    this.#wakes = stores.map(() => new Wake());
    this.#fetched = stores.map(() => ({ events: [], shares: [] }));
    this.#taken = stores.map(() => []);
  }

  /** Wait until there may be something for a partition. */
  next(partition: number): Promise<void> {
    return this.#wakes[partition]?.next() ?? Promise.resolve();
  }

  /** Something was committed, for whoever it concerns. */
  readonly wakeAll = (): void => {
    for (const wake of this.#wakes) wake.now();
  };

  /** Something was committed: wake those that something is on its way to. */
  wakeForNews(): void {
    for (const [partition, wake] of this.#wakes.entries()) if (this.hasNews(partition)) wake.now();
  }

  get flowEnded(): boolean {
    return this.#flowEnded;
  }

  /** All partitions of the flow have ended: nothing more comes of them. */
  endFlow(): void {
    this.#flowEnded = true;
    this.wakeAll();
  }

  /** Nothing will be fetched any more: let go who waits for it. */
  stop(): void {
    this.#stopped = true;
    this.#settle();
    this.wakeAll();
  }

  /** Note what a partition has submitted, so that the flow may go on. `events` says which of its inputs these are. */
  submitted(partition: number, { inputs }: Progress, events: number): void {
    this.#taken[partition] = offsetsOf(inputs[events]?.position);
    this.#settle();
  }

  /** Note what a partition has committed. `events` and `shares` say which of its inputs these are. */
  committed(partition: number, { inputs }: Progress, events: number, shares: number): void {
    const fetched = this.#fetched[partition];
    if (fetched === undefined) return;
    fetched.events = offsetsOf(inputs[events]?.position);
    fetched.shares = offsetsOf(inputs[shares]?.position);
    this.#settle();
    if (this.#flowEnded || this.#stores.length > 1) this.wakeAll();
  }

  /** The offset behind what a partition has fetched of another one's events, or share messages. */
  fetched(kind: 'events' | 'shares', source: number, destination: number): number {
    return this.#fetched[destination]?.[kind][source] ?? 0;
  }

  /** Wait until all events of a partition are processed, so that the flow does not run away from its rewards. */
  async takenOver(source: number): Promise<void> {
    while (!this.#stopped && !this.#isTaken(source)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Whether the flow has ended and nothing is on its way to any partition. */
  get isQuiet(): boolean {
    if (!this.#flowEnded) return false;
    return this.#stores.every(
      (_store, source) => this.#isFetched('events', source) && this.#isFetched('shares', source),
    );
  }

  /** Whether something is on its way to a partition. */
  hasNews(partition: number): boolean {
    return this.#stores.some((store, source) =>
      (['events', 'shares'] as const).some((kind) => {
        return store.extent(outgoingTopic(this[kind], partition)).end > this.fetched(kind, source, partition);
      }),
    );
  }

  /** Events of all partitions that were taken over. */
  get eventsFetched(): number {
    let count = 0;
    for (const { events } of this.#fetched) for (const offset of events) count += offset;
    return count;
  }

  /** Events that are not processed yet. */
  get lag(): number {
    let lag = 0;
    for (const [source, store] of this.#stores.entries()) {
      for (let to = 0; to < this.#stores.length; to++) {
        lag += store.extent(outgoingTopic(this.events, to)).end - this.fetched('events', source, to);
      }
    }
    return lag;
  }

  #isTaken(source: number): boolean {
    return this.#taken.every((offsets, to) => {
      return (this.#stores[source]?.extent(outgoingTopic(this.events, to)).end ?? 0) <= (offsets[source] ?? 0);
    });
  }

  #isFetched(kind: 'events' | 'shares', source: number): boolean {
    const store = this.#stores[source];
    if (store === undefined) return true;
    for (let to = 0; to < this.#stores.length; to++) {
      if (store.extent(outgoingTopic(this[kind], to)).end > this.fetched(kind, source, to)) return false;
    }
    return true;
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function offsetsOf(position: string | null | undefined): readonly number[] {
  return typeof position === 'string' ? (JSON.parse(position) as number[]) : [];
}
