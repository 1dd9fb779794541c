/** Most bets that are looked at together. */
export const betsTogether = 32;

/** Campaigns that some bets meet, by their indexes in their set: those of a bet stand behind those of the one in front of it. */
export class MatchedCampaigns {
  indexes: Int32Array = new Int32Array(64);
  /** Where those of each bet end. */
  readonly ends: Int32Array = new Int32Array(betsTogether);

  /** Where those of a bet start. */
  startOf(bet: number): number {
    return bet === 0 ? 0 : (this.ends[bet - 1] as number);
  }

  /** Make room for so many in all. */
  reserve(count: number): void {
    if (count <= this.indexes.length) return;
    const indexes = new Int32Array(2 * count);
    indexes.set(this.indexes);
    this.indexes = indexes;
  }
}
