import type { Campaign } from './campaign.ts';

/**
 * Whether two campaigns give alike to the bets that meet their conditions, whatever these are: the same limits, budget, draw and coupons, said in the
 * same words. Of a new version most campaigns do.
 */
export function givesAlike(one: Campaign, other: Campaign): boolean {
  if (one === other) return true;
  const [limits, others] = [one.limits, other.limits];
  return (
    one.title === other.title &&
    one.pool === other.pool &&
    one.group === other.group &&
    one.budget === other.budget &&
    one.every === other.every &&
    one.share === other.share &&
    one.seed === other.seed &&
    one.firstOfDay === other.firstOfDay &&
    limits.total === others.total &&
    limits.day === others.day &&
    limits.terminal === others.terminal &&
    limits.race === others.race
  );
}
