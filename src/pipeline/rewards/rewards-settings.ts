import { z } from 'zod';
import { choice, flag, members, reads, shownText, text } from '../../settings/settings-schema.ts';

/** A part of a text: so many characters from a place on, the first of which is 0. */
export interface TextPart {
  /** The member of the event. */
  readonly field: string;
  readonly from?: number | undefined;
  readonly length?: number | undefined;
}

/** How rewards become frames that print coupons. */
export interface CouponFrameSettings {
  /** The frame type of the catalog. */
  readonly type: string;
  /** Field → what of the reward is written there, or a constant in quotation marks. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The `rewards` part of a pipeline, as its file says it. */
export interface RewardsSettings {
  readonly campaigns: string;
  readonly coupons?: string | undefined;
  readonly races?: string | undefined;
  readonly pointsOfSale?: string | undefined;
  /** Whether the files of coupons, races and points of sale may grow while it runs. Default `false`. */
  readonly follow?: boolean | undefined;
  /** Names of the events. Default `bets`, `cancels`, and no redemptions. */
  readonly events?:
    | {
        readonly bets?: string | undefined;
        readonly cancels?: string | undefined;
        readonly redemptions?: string | undefined;
      }
    | undefined;
  /** What of a bet or cancel says which terminal sold it. Default: its terminal. */
  readonly sellingTerminal?: TextPart | undefined;
  /** Members of the event whose numbers are added up for the horses of a bet. Default: `horses`. */
  readonly horses?: readonly string[] | undefined;
  /** The formula, as events give it, whose bets are on all horses of the race, and the member that says how many these are. */
  readonly wholeField?: { readonly formula: string; readonly horses: string } | undefined;
  /** Names for the formulas of bets as events give them. */
  readonly formulas?: Readonly<Record<string, string>> | undefined;
  /** When it is: when frames were captured, or what the clock says. Default: the former where all sources are captures. */
  readonly now?: 'capture' | 'clock' | undefined;
  readonly couponFrames?: CouponFrameSettings | undefined;
}

const path = text('a path, relative to the pipeline');
const member = text('a member of the event');
const place = reads('a whole number up to 1000', (value) => (/^[0-9]{1,3}$|^1000$/.test(value) ? Number(value) : null));
const length = reads('a whole number from 1 to 1000', (value) => {
  const number = /^[0-9]{1,4}$/.test(value) ? Number(value) : 0;
  return number >= 1 && number <= 1000 ? number : null;
});

/** The form of the `rewards` part. */
export const rewardsSchema: z.ZodType<RewardsSettings> = members({
  campaigns: path,
  coupons: path.optional(),
  races: path.optional(),
  pointsOfSale: path.optional(),
  follow: flag.optional(),
  events: members({ bets: member.optional(), cancels: member.optional(), redemptions: member.optional() }).optional(),
  sellingTerminal: members({ field: member, from: place.optional(), length: length.optional() }).optional(),
  horses: z.array(member, { error: 'a list of members of the event' }).optional(),
  wholeField: members({ formula: text('a formula'), horses: member }).optional(),
  formulas: z.record(z.string(), shownText(100), { error: 'a mapping of names' }).optional(),
  now: choice(['capture', 'clock']).optional(),
  couponFrames: members({
    type: text('a frame type of the catalog'),
    fields: z.record(z.string(), text('a member of a reward'), { error: 'a mapping of fields' }),
  }).optional(),
});
