import type { Environment, Table } from '../../state/environment.ts';
import type { Receiver } from '../../streams/receiver.ts';
import { TopicStore } from './topic-store.ts';

/** Who gets the topics of one partition. */
export interface DeliveriesOptions {
  /** The pipeline they are receivers of. */
  readonly pipeline: string;
  readonly partition: number;
  readonly environment: Environment;
  /** Receivers by topic. */
  readonly receivers: Readonly<Record<string, readonly Receiver[]>>;
}

/** How far a receiver is with a topic: batches it has, and the offset it gets next. */
interface Delivery {
  readonly topic: string;
  readonly receiver: Receiver;
  readonly consumer: string;
  number: number;
  position: number;
}

/**
 * Hands the topics of a partition over to receivers, batch by batch as they were committed, at least once.
 *
 * What a receiver has is committed after it has it. So a batch comes again after a crash in between, with the same records and number. A
 * receiver is a consumer of its topic, named `PIPELINE>RECEIVER`: one that is new gets all that the topic holds; retention keeps what it has not got.
 */
export class TopicDeliveries {
  readonly #options: DeliveriesOptions;
  readonly #store: TopicStore;
  readonly #numbers: Table;
  readonly #deliveries: readonly Delivery[];
  #wake: () => void = () => undefined;
  #waiting: (() => void)[] = [];
  #ended = false;
  #over = false;

  constructor(options: DeliveriesOptions) {
    const { pipeline, environment, receivers } = options;
    this.#options = options;
    this.#store = new TopicStore(environment);
    this.#numbers = environment.table('deliveries');
    this.#deliveries = Object.entries(receivers).flatMap(([topic, those]) =>
      those.map((receiver) => {
        const consumer = `${pipeline}>${receiver.name}`;
        const number = this.#numbers.get(keyOf(topic, consumer));
        const position = this.#store.position(topic, consumer) ?? 0;
        return {
          topic,
          receiver,
          consumer,
          number: number === undefined ? 0 : Number(Buffer.from(number).toString()),
          position,
        };
      }),
    );
    this.#adjustHolds();
  }

  /** Hear that something was committed. */
  readonly committed = (): void => this.#wake();

  /** Nothing more will be committed: what is there is handed over, then it is over. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Resolve when all that is committed now is handed over, or nothing more will be. */
  async caughtUp(): Promise<void> {
    if (this.#over || !this.#pending) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Hand over what is there and what is committed, until the end or the signal. Rejects with what a receiver throws. */
  async run(signal: AbortSignal): Promise<void> {
    const wake = (): void => this.#wake();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        await this.#round(signal);
        if (this.#pending) continue;
        this.#release();
        if (this.#ended) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          if (signal.aborted) resolve();
        });
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#over = true;
      this.#release();
    }
  }

  get #pending(): boolean {
    return this.#deliveries.some(({ topic, position }) => this.#store.extent(topic).end > position);
  }

  /** Hand one batch of each topic over, and commit that. */
  async #round(signal: AbortSignal): Promise<void> {
    const done: Delivery[] = [];
    try {
      for (const delivery of this.#deliveries) if (await this.#deliver(delivery, signal)) done.push(delivery);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (done.length > 0) await this.#commit(done);
    }
  }

  async #deliver(delivery: Delivery, signal: AbortSignal): Promise<boolean> {
    const { topic, receiver, number, position } = delivery;
    const { pipeline, partition, environment } = this.#options;
    const block = this.#store.block(topic, position);
    if (block === null) return false;
    const offset = Math.max(position, block.from);
    const records = Array.from({ length: block.to - offset }, (_unused, index) => block.record(offset + index));
    await environment.durable(); // what was read may still be on its way to the disk
    await receiver.deliver({ pipeline, topic, partition, number: number + 1, offset, records }, signal);
    delivery.number++;
    delivery.position = block.to;
    return true;
  }

  #commit(deliveries: readonly Delivery[]): Promise<void> {
    const { durable } = this.#options.environment.submit(() => {
      for (const { topic, consumer, number, position } of deliveries) {
        this.#store.setPosition(topic, consumer, position);
        this.#numbers.put(keyOf(topic, consumer), Buffer.from(String(number)));
      }
    });
    return durable;
  }

  /** Let retention keep what receivers have not got from the first batch on, and drop what those had not got that are receivers no more. */
  #adjustHolds(): void {
    const { pipeline, environment } = this.#options;
    const changes: (() => void)[] = [];
    for (const { topic, consumer, position } of this.#deliveries) {
      const known = this.#store.consumers(topic).find((other) => other.consumer === consumer);
      if (known?.holds !== true) changes.push(() => this.#store.setPosition(topic, consumer, position));
    }
    for (const topic of this.#store.names()) {
      for (const { consumer, position, holds } of this.#store.consumers(topic)) {
        const isOurs = this.#deliveries.some((one) => one.topic === topic && one.consumer === consumer);
        if (isOurs || !holds || !consumer.startsWith(`${pipeline}>`)) continue;
        changes.push(() => this.#store.setPosition(topic, consumer, position, false));
      }
    }
    if (changes.length > 0) {
      environment.commit(() => {
        for (const change of changes) change();
      });
    }
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function keyOf(topic: string, consumer: string): Uint8Array {
  return Buffer.from(`${topic}\0${consumer}`, 'latin1');
}
