import type { CouponUpdate } from '../../rewards/coupon.ts';
import type { PointOfSale, Race } from '../../rewards/reward-entry.ts';
import { centsIn, lineError, numberIn, readLine, textIn, timeIn } from './read-line.ts';

const statuses: ReadonlyMap<unknown, CouponUpdate['status']> = new Map([
  [undefined, 'available'],
  ['available', 'available'],
  ['redeemed', 'redeemed'],
  ['withdrawn', 'withdrawn'],
] as const);

/** Read a line `{coupon,pool,value,expiry,status}` of the table of coupons: value in cents. Throws REWARD_ENTRY. */
export function readCoupon(bytes: Uint8Array): CouponUpdate {
  const line = readLine(bytes);
  const coupon = textIn(line, 'coupon');
  const status = statuses.get(line['status']);
  if (status === undefined) throw lineError('status is none of available, redeemed, withdrawn');
  const gone = status !== 'available'; // of which only the id counts
  const pool = gone && line['pool'] === undefined ? '' : textIn(line, 'pool');
  const value = gone && (line['value'] === undefined || line['value'] === 0) ? 0 : centsIn(line, 'value');
  return { coupon, pool, value, expiry: isSaid(line['expiry']) ? timeIn(line, 'expiry') : null, status };
}

/** Read a line `{date,meeting,race,racecourse,start}` of the calendar of races. Throws REWARD_ENTRY. */
export function readRace(bytes: Uint8Array): Race {
  const line = readLine(bytes);
  const date = textIn(line, 'date');
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(date)) throw lineError('date is no date such as 2026-03-01');
  return {
    date,
    meeting: numberIn(line, 'meeting'),
    race: numberIn(line, 'race'),
    racecourse: isSaid(line['racecourse']) ? textIn(line, 'racecourse') : null,
    start: isSaid(line['start']) ? timeIn(line, 'start') : null,
  };
}

/** Read a line `{terminal,region}` of the points of sale. Throws REWARD_ENTRY. */
export function readPointOfSale(bytes: Uint8Array): PointOfSale {
  const line = readLine(bytes);
  return { terminal: textIn(line, 'terminal'), region: textIn(line, 'region') };
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}
