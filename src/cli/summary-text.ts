import { formatEquations, type PipelineSummary } from '../pipeline/pipeline-summary.ts';
import { directionStates } from '../streams/correlation-account.ts';
import { rewardsJson } from './rewards-text.ts';
import { textTable } from './text-table.ts';

/** Write what a pipeline came to for people: frames by state, how long answers took, records by topic, the equations. */
export function summaryText(summary: PipelineSummary): string {
  const { requests, responses, notices, quarantined, frames } = summary.account;
  const rows = directionStates.map((state) => [
    state === 'unmatched' ? 'expired, orphan' : state,
    String(requests[state]),
    String(responses[state]),
    '',
  ]);
  const table = textTable(
    ['STATE', 'REQUESTS', 'RESPONSES', 'FRAMES'],
    [
      ...rows,
      ['notice', '', '', String(notices)],
      ['quarantined', '', '', String(quarantined)],
      ['total', String(requests.total), String(responses.total), String(frames)],
    ],
    new Set([1, 2, 3]),
  );
  const { p50, p99 } = summary.latency;
  const latency = p50 === null ? 'no pairs' : `p50 ${p50} ms, p99 ${p99} ms`;
  const topics = [...summary.records].map(([topic, count]) => `${topic} ${count}`).join(', ');
  return `${table}\nmatch latency: ${latency}\nrecords: ${topics === '' ? 'none' : topics}\n\n${formatEquations(summary)}`;
}

/** The same as an object of JSON. */
export function summaryJson({ account, undecoded, latency, records, balances, rewards }: PipelineSummary): object {
  const { frames, notices, quarantined, requests, responses } = account;
  const { unmatched: expired, ...otherRequests } = requests;
  const { unmatched: orphan, ...otherResponses } = responses;
  return {
    frames,
    notices,
    quarantined,
    requests: { ...otherRequests, expired },
    responses: { ...otherResponses, orphan },
    undecoded,
    latency,
    records: Object.fromEntries(records),
    balances,
    ...(rewards === null ? {} : { rewards: rewardsJson(rewards) }),
  };
}
