import { printable } from '../bytes/printable.ts';
import type { Refusal } from '../pipeline/rewards/refusals.ts';
import type { RewardsSettings } from '../pipeline/rewards/rewards-settings.ts';

/** Write what the rewards could not use, and what to do about it: the first place of it, then how much it was. */
export function refusalText(
  { input, code, count, message, place }: Refusal,
  settings: RewardsSettings,
  data: string,
): string {
  const at = printable(placeOf(input, place, settings));
  // What is wrong with campaigns is a report with places of its own.
  const text = message.includes(`: ${code}: `) ? message : `${at}: ${code}: ${printable(message)}`;
  const [one, many] = names[input];
  const sum = `${count} ${count === 1 ? one : many}`;
  return `${text}\n  ${sum}: ${code}; overpunch topic read quarantine --data ${printable(data)} shows ${count === 1 ? 'it' : 'them'}\n`;
}

const names: Readonly<Record<Refusal['input'], readonly [string, string]>> = {
  events: ['event was refused', 'events were refused'],
  campaigns: ['version of the campaigns was refused: the former one stays', 'versions of the campaigns were refused'],
  coupons: ['line of coupons was refused', 'lines of coupons were refused'],
  races: ['line of races was refused', 'lines of races were refused'],
  'points-of-sale': ['line of points of sale was refused', 'lines of points of sale were refused'],
  shares: ['message was refused', 'messages were refused'],
  'coupon-frames': ['reward has no coupon frame', 'rewards have no coupon frame'],
};

function placeOf(input: Refusal['input'], place: Refusal['place'], settings: RewardsSettings): string {
  const { campaigns, coupons, races, pointsOfSale } = settings;
  const files: Partial<Record<Refusal['input'], string | undefined>> = {
    campaigns,
    coupons,
    races,
    'points-of-sale': pointsOfSale,
  };
  const file = files[input];
  if (file !== undefined) return place === null ? file : `${file}:${place}`;
  return place === null ? input : `event ${place}`;
}
