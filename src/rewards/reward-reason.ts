/** What rewards of a campaign are earned by. */
export interface CampaignGrounds {
  readonly id: string;
  readonly title: string;
  readonly firstOfDay: boolean;
  readonly share: number | null;
  /** 0: each. */
  readonly every: number;
}

/** Say what earns a reward, for people. Of every Nth bet, the number of the bet among those that met the conditions goes behind it. */
export function reasonStart({ firstOfDay, share, every, title, id }: CampaignGrounds): string {
  const parts: string[] = [];
  if (firstOfDay) parts.push('first bet of the day');
  if (share !== null) parts.push(`drawn: ${Math.round(share * 10_000) / 100} % of the bets`);
  if (every > 0) parts.push(`every ${ordinal(every)} bet: number `);
  return parts.length === 0 ? title || id : parts.join('; ');
}

function ordinal(number: number): string {
  const tens = number % 100;
  if (tens >= 11 && tens <= 13) return `${number}th`;
  return `${number}${['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'}`;
}
