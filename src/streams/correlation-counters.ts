import type { CorrelationAccount, DirectionAccount } from './correlation-account.ts';

/** Counts what happens to frames, each thing where it happens, so that the equations are worth checking. */
export class CorrelationCounters {
  frames = 0;
  notices = 0;
  quarantined = 0;
  /** By direction: requests, then responses. */
  readonly total: Float64Array = new Float64Array(2);
  readonly matched: Float64Array = new Float64Array(2);
  readonly unmatched: Float64Array = new Float64Array(2);
  readonly late: Float64Array = new Float64Array(2);
  readonly duplicate: Float64Array = new Float64Array(2);
  readonly rejected: Float64Array = new Float64Array(2);

  /** The account, with what is open as the table of open entries counts it. */
  account(openRequests: number, openResponses: number): CorrelationAccount {
    const { frames, notices, quarantined } = this;
    const requests = this.direction(0, openRequests);
    return { frames, notices, quarantined, requests, responses: this.direction(1, openResponses) };
  }

  restore(account: CorrelationAccount): void {
    this.frames = account.frames;
    this.notices = account.notices;
    this.quarantined = account.quarantined;
    for (const [direction, counts] of [account.requests, account.responses].entries()) {
      this.total[direction] = counts.total;
      this.matched[direction] = counts.matched;
      this.unmatched[direction] = counts.unmatched;
      this.late[direction] = counts.late;
      this.duplicate[direction] = counts.duplicate;
      this.rejected[direction] = counts.rejected;
    }
  }

  private direction(direction: 0 | 1, open: number): DirectionAccount {
    return {
      total: this.total[direction] as number,
      matched: this.matched[direction] as number,
      unmatched: this.unmatched[direction] as number,
      late: this.late[direction] as number,
      duplicate: this.duplicate[direction] as number,
      rejected: this.rejected[direction] as number,
      open,
    };
  }
}
