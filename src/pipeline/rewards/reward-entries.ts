import { OverpunchError } from '../../errors.ts';
import type { CampaignMatcher } from '../../rewards/campaign-matcher.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import type { ShareMessage } from '../../rewards/share-message.ts';
import { partitionOfKey } from '../../runtime/embedded/partition-of-key.ts';
import type { FrameEntry } from '../../streams/journal-entry.ts';
import { entryOfEvent } from './entry-of-event.ts';
import { type BetMapping, EventMembers } from './event-members.ts';
import { EventReader } from './event-reader.ts';
import type { RewardEvents } from './event-router.ts';
import { lineError } from './read-line.ts';
import { readCoupon, readPointOfSale, readRace } from './reference-lines.ts';
import type { InputKind } from './stage-sources.ts';

/** What entries are read by. */
export interface EntryOptions {
  readonly partition: number;
  readonly partitions: number;
  readonly inputs: readonly InputKind[];
  readonly events: RewardEvents;
  readonly mapping: BetMapping;
  /** Make the matcher of the campaigns in a text; throws what is wrong with them. */
  readonly compile: (text: string) => CampaignMatcher;
}

/** Reads the frames of a rewards journal. */
export class RewardEntries {
  readonly #options: EntryOptions;
  readonly #reader: EventReader;

  constructor(options: EntryOptions) {
    this.#options = options;
    this.#reader = new EventReader(new EventMembers(options.mapping));
  }

  /** Read a frame; `null` for what concerns another partition. `now` is the time of entries that have none. Throws REWARD_ENTRY, and what is wrong with campaigns. */
  read({ input, bytes, ingested, garbage }: FrameEntry, now: number): RewardEntry | null {
    if (garbage !== undefined) throw new OverpunchError(garbage.code, garbage.message);
    const { inputs, partition, partitions, compile } = this.#options;
    const at = Math.floor(ingested ?? now); // captures tell microseconds
    switch (inputs[input]) {
      case 'events':
        return this.#event(bytes, at);
      case 'coupons': {
        const update = readCoupon(bytes);
        const home = partitions === 1 ? 0 : partitionOfKey(Buffer.from(update.coupon), partitions);
        return home === partition ? { kind: 'coupon', now: at, update } : null;
      }
      case 'races':
        return { kind: 'race', now: at, race: readRace(bytes) };
      case 'points-of-sale':
        return { kind: 'point-of-sale', now: at, pointOfSale: readPointOfSale(bytes) };
      case 'campaigns': {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        return { kind: 'campaigns', now: at, matcher: compile(text), text };
      }
      case 'shares':
        return { kind: 'share', now: at, message: JSON.parse(Buffer.from(bytes).toString()) as ShareMessage };
      default:
        throw lineError('nothing is known of its input');
    }
  }

  /** Read `[CAPTURED,{EVENT}]`. */
  #event(bytes: Uint8Array, now: number): RewardEntry {
    const { events, mapping } = this.#options;
    const event = this.#reader.readCaptured(bytes);
    const { captured } = event;
    return entryOfEvent(event, events, mapping, captured === null ? null : Math.floor(captured), now);
  }
}
