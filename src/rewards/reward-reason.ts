/** What a reward was earned by. */
export interface RewardGrounds {
  readonly id: string;
  readonly title: string;
  readonly firstOfDay: boolean;
  readonly share: number | null;
  /** 0: each. */
  readonly every: number;
  /** The number of the bet among those that met the conditions. */
  readonly counter: number;
}

/** Say what earned a reward, for people. */
export function rewardReason({ firstOfDay, share, every, counter, title, id }: RewardGrounds): string {
  const parts: string[] = [];
  if (firstOfDay) parts.push('first bet of the day');
  if (share !== null) parts.push(`drawn: ${Math.round(share * 10_000) / 100} % of the bets`);
  if (every > 0) parts.push(`every ${ordinal(every)} bet: number ${counter}`);
  return parts.length === 0 ? title || id : parts.join('; ');
}

function ordinal(number: number): string {
  const tens = number % 100;
  if (tens >= 11 && tens <= 13) return `${number}th`;
  return `${number}${['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'}`;
}
