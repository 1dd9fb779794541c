import { OverpunchError } from '../../errors.ts';
import type { CampaignMatcher } from '../../rewards/campaign-matcher.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import type { ShareMessage } from '../../rewards/share-message.ts';
import { partitionOfKey } from '../../runtime/embedded/partition-of-key.ts';
import type { FrameEntry } from '../../streams/journal-entry.ts';
import { type BetMapping, betOfEvent, cancelOfEvent } from './bet-of-event.ts';
import type { RewardEvents } from './event-router.ts';
import { lineError, type ReadLine, textIn } from './read-line.ts';
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

  constructor(options: EntryOptions) {
    this.#options = options;
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

  #event(bytes: Uint8Array, now: number): RewardEntry {
    const { events, mapping } = this.#options;
    const [captured, event] = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as [
      number | null,
      ReadLine,
    ];
    const id = textIn(event, 'id');
    const name = id.slice(0, id.indexOf(':'));
    if (name === events.bets) {
      return {
        kind: 'bet',
        now,
        bet: betOfEvent(event, mapping),
        captured: captured === null ? null : Math.floor(captured),
      };
    }
    if (name === events.cancels) return { kind: 'cancel', now, cancel: cancelOfEvent(event, mapping) };
    const value = event['value'] === undefined ? 0 : Math.round(Number(event['value']) * 100);
    const update = { coupon: textIn(event, 'coupon'), pool: '', value, expiry: null, status: 'redeemed' } as const;
    return { kind: 'coupon', now, update };
  }
}
