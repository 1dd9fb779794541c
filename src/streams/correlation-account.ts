/** How many frames of one partition are in each state, since the beginning. Every frame is in exactly one. */
export interface CorrelationAccount {
  readonly frames: number;
  readonly notices: number;
  readonly quarantined: number;
  readonly requests: DirectionAccount;
  readonly responses: DirectionAccount;
}

/** The states of one direction. */
export interface DirectionAccount {
  readonly total: number;
  readonly matched: number;
  /** Requests that expired, responses that are orphans. */
  readonly unmatched: number;
  readonly late: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly open: number;
}

/** The members of a direction's account that add up to its total, in the order in which they are shown. */
export const directionStates = ['matched', 'unmatched', 'late', 'duplicate', 'rejected', 'open'] as const;

/** The equations as they are printed, one a line: requests, responses, frames in. */
export function formatCorrelation({ frames, notices, quarantined, requests, responses }: CorrelationAccount): string {
  const line = (name: string, account: DirectionAccount, unmatched: string): string =>
    `${name} ${account.total} = ${directionStates
      .map((state) => `${state === 'unmatched' ? unmatched : state} ${account[state]}`)
      .join(' + ')}\n`;
  return (
    line('requests', requests, 'expired') +
    line('responses', responses, 'orphan') +
    `frames in ${frames} = requests ${requests.total} + responses ${responses.total} + notices ${notices} + quarantined ${quarantined}\n`
  );
}

/** Whether every equation holds. */
export function correlationBalances({
  frames,
  notices,
  quarantined,
  requests,
  responses,
}: CorrelationAccount): boolean {
  const sum = (account: DirectionAccount): number =>
    directionStates.reduce((total, state) => total + account[state], 0);
  return (
    requests.total === sum(requests) &&
    responses.total === sum(responses) &&
    frames === requests.total + responses.total + notices + quarantined
  );
}
