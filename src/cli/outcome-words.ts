/** What outcomes of decisions mean, for people who do not read code. */
export const outcomeWords: Readonly<Record<string, string>> = {
  rewarded: 'got a coupon',
  'not-rewarded': 'met a campaign and got nothing',
  'no-campaign': 'met no campaign',
  'too-late': 'decided too late: no coupon could be printed in time',
  'cancelled-before': 'taken back before it came',
  duplicate: 'sent again',
  cancelled: 'taken back, its coupons with it',
  'cancel-too-late': 'taken back after a coupon was used',
  'cancel-without-reward': 'taken back, there was no coupon',
  'cancel-early': 'taken back before the bet came',
  'cancel-repeated': 'taken back again',
  shadow: 'would have got a coupon: the campaign only watches',
  'not-first-of-day': 'not the first of the day at the terminal',
  'not-in-share': 'not drawn',
  'not-nth': 'not the one that counts',
  group: 'another campaign of the group gave a coupon',
  'limit-total': 'the campaign had given all its rewards',
  'limit-day': 'the rewards of the day were given',
  'limit-terminal': 'the rewards of the terminal were given',
  'limit-race': 'the rewards of the race were given',
  'limit-pool': 'as many coupons of the pool were out as may be',
  budget: 'the budget was spent',
  'no-coupon': 'there was no coupon left',
};

/** Say an outcome in words. */
export function wordsOf(outcome: string): string {
  return Object.hasOwn(outcomeWords, outcome) ? (outcomeWords[outcome] ?? outcome) : outcome;
}
