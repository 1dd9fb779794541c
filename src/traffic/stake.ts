/** A bet as far as its stake goes. */
export interface Wager {
  /** Horses of one combination, n. */
  readonly places: number;
  /** Horses that are in every combination, b. */
  readonly bases: number;
  /** Horses that the other places are filled from, P. In a champ total all runners but the bases. */
  readonly associates: number;
  /** Every order of arrival is played. */
  readonly allOrders: boolean;
}

/**
 * Count the bets of one unit that a wager stands for: C(P, n − b) combinations, times n! orders of arrival where all of them are
 * played. The stake is this times the unit stake.
 */
export function unitBets({ places, bases, associates, allOrders }: Wager): number {
  const orders = allOrders ? factorial(places) : 1;
  return choose(associates, places - bases) * orders;
}

/** Count the sets of `chosen` out of `things`. */
export function choose(things: number, chosen: number): number {
  if (chosen < 0 || chosen > things) return 0;
  let count = 1;
  for (let index = 1; index <= chosen; index++) count = (count * (things - chosen + index)) / index;
  return count;
}

function factorial(number: number): number {
  let product = 1;
  for (let factor = 2; factor <= number; factor++) product *= factor;
  return product;
}
