import type { Process } from '../../src/runtime/embedded/process.ts';
import { incomingSource, outgoingTopic } from '../../src/runtime/embedded/repartition.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import type { Environment } from '../../src/state/environment.ts';
import type { Source } from '../../src/streams/source.ts';
import { KeyedSums } from './keyed-sums.ts';

/** What a `HandingSums` hands over. */
export const handedTopic: string = outgoingTopic('handed', 0);

/** A `KeyedSums` that hands its frames over as well. */
export class HandingSums extends KeyedSums {
  override run(...[batch, outputs]: Parameters<Process['run']>): void {
    super.run(batch, outputs);
    for (const entry of batch.messages) {
      if (entry.kind === 'frame')
        outputs.topic(handedTopic).append(entry.bytes.subarray(0, 1), entry.ingested, entry.bytes);
    }
  }
}

/** Takes frames over and copies them to the topic `copied`. It throws on those that have a certain second byte. */
export class Copies implements Process {
  readonly #onSave: () => void;
  readonly #bitter: number | null;

  constructor(onSave: () => void = () => undefined, bitter: number | null = null) {
    this.#onSave = onSave;
    this.#bitter = bitter;
  }

  run(...[{ messages }, outputs]: Parameters<Process['run']>): void {
    for (const entry of messages) {
      if (entry.kind !== 'frame') continue;
      outputs.topic('copied').append(entry.bytes.subarray(0, 1), entry.ingested, entry.bytes);
      if (entry.bytes[1] === this.#bitter) throw new Error('bitter');
    }
  }

  save(): void {
    this.#onSave();
  }
}

/** What was handed over, as a source that ends when it is told so. */
export function handedSource(environment: Environment, isOver: () => boolean): Source {
  const source = incomingSource({ topic: 'handed', partition: 0, stores: [new TopicStore(environment)] });
  return Object.defineProperty(Object.create(source) as Source, 'status', {
    get: () => (source.status === 'caught-up' && isOver() ? 'ended' : source.status),
  });
}
