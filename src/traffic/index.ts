export {
  type BettingTableOptions,
  type CalendarRace,
  type CouponBatch,
  type MadeCoupon,
  madeCoupons,
  pointsOfSale,
  raceCalendar,
} from './betting-tables.ts';
export { generateTraffic } from './generate-traffic.ts';
export type { TrafficBlock, TrafficTally } from './tapped-line.ts';
export { faultRates, type TrafficOptions } from './traffic-options.ts';
