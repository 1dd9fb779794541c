import { printable } from '../bytes/printable.ts';
import type { CampaignReport, SimulationReport } from '../pipeline/rewards/simulation-report.ts';
import type { SpendingPoint } from '../pipeline/rewards/spending-curve.ts';
import { localCalendar } from '../rewards/local-calendar.ts';
import { campaignCells, campaignHeads, campaignNumbers, rewardEquations } from './rewards-text.ts';
import { textTable } from './text-table.ts';

const blocks = '▁▂▃▄▅▆▇█';
const curveWidth = 24; // characters
const shownRefusals = 3;

/** Write what a simulation came to, for people. */
export function simulationText(report: SimulationReport): string {
  const { name, version, bets, cancels, campaigns, unreadable } = report;
  const rows = campaigns.map((campaign) => [
    ...campaignCells(campaign),
    spendingLine(campaign, report),
    refusals(campaign),
  ]);
  const heading = [...campaignHeads, 'SPENT OVER TIME', 'MOST OFTEN REFUSED FOR'];
  return [
    `${printable(name)} version ${version}: ${bets} bets and ${cancels} cancellations, ${spanText(report)}\n\n`,
    textTable(heading, rows, campaignNumbers),
    `\n${rewardEquations(report)}`,
    unreadable === 0 ? '' : `lines that were no use: ${unreadable}\n`,
  ].join('');
}

/** The same as JSON. Amounts are cents, times milliseconds since 1970-01-01T00:00:00Z. */
export function simulationJson({ records: _, ...report }: SimulationReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** When the first bet was, and the last one. */
export function spanText({ from, to, timeZone }: SimulationReport): string {
  if (from === null || to === null) return 'none of them';
  return `${clockText(from, timeZone)} to ${clockText(to, timeZone)} (${timeZone})`;
}

/** A time as clocks in a zone show it: `2024-03-31 14:05`. */
export function clockText(time: number, timeZone: string): string {
  const calendar = localCalendar(timeZone);
  const minute = calendar.minuteAt(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${calendar.dateAt(time)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** How much of its budget, or of the most it spent, a campaign had spent at equal distances of time. */
function spendingLine({ curve, budget, spent }: CampaignReport, { from, to }: SimulationReport): string {
  if (curve.length === 0 || from === null || to === null) return '';
  const most = Math.max(1, budget ?? Math.max(spent, ...curve.map((point) => point.spent)));
  return Array.from({ length: curveWidth }, (_none, column) => {
    const share = spentAt(curve, from + ((to - from) * (column + 1)) / curveWidth) / most;
    return blocks[Math.min(blocks.length - 1, Math.floor(share * blocks.length))] ?? blocks[0];
  }).join('');
}

function spentAt(curve: readonly SpendingPoint[], time: number): number {
  let spent = 0;
  for (const point of curve) if (point.time <= time + 60_000) spent = point.spent;
  return spent;
}

function refusals({ refusals: all }: CampaignReport): string {
  return all
    .slice(0, shownRefusals)
    .map(({ outcome, count }) => `${outcome} ${count}`)
    .join(', ');
}
