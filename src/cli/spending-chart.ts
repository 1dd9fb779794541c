import type { CampaignReport } from '../pipeline/rewards/simulation-report.ts';
import { htmlText } from './html-text.ts';
import { money } from './rewards-text.ts';
import { clockText } from './simulation-text.ts';

// Units of the drawing.
const width = 720;
const height = 200;
const left = 80;
const right = 12;
const top = 14;
const bottom = 28;

/** A stretch of time, in milliseconds since 1970-01-01T00:00:00Z, and the clocks it is shown by. */
export interface ChartSpan {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
}

/** Draw what a campaign spent over time, in steps, with a line for its budget: an SVG of its own. */
export function spendingChart({ campaign, curve, budget }: CampaignReport, span: ChartSpan): string {
  const { from, timeZone } = span;
  const to = Math.max(span.to, from + 60_000);
  const highest = roundedUp(Math.max(1, budget ?? 0, ...curve.map(({ spent }) => spent)));
  const x = (time: number): number => left + ((Math.min(to, time) - from) / (to - from)) * (width - left - right);
  const y = (cents: number): number => height - bottom - (cents / highest) * (height - top - bottom);
  const at = (number: number): string => number.toFixed(1);

  let path = `M${at(left)} ${at(y(0))}`;
  for (const { time, spent } of curve) path += `H${at(x(time))}V${at(y(spent))}`;
  path += `H${at(width - right)}`;
  const area = `${path}V${at(y(0))}H${at(left)}Z`;
  const levels = [0, highest / 2, highest].map(
    (cents) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${at(y(cents))}" y2="${at(y(cents))}"/>` +
      `<text class="label end" x="${left - 8}" y="${at(y(cents) + 4)}">${money(cents)}</text>`,
  );
  const times = [0, 1, 2, 3, 4].map((part) => {
    const time = from + ((to - from) * part) / 4;
    const anchor = part === 0 ? '' : part === 4 ? ' end' : ' middle';
    return `<text class="label${anchor}" x="${at(x(time))}" y="${height - 8}">${clockText(time, timeZone).slice(11)}</text>`;
  });
  const bound =
    budget === null
      ? ''
      : `<line class="budget" x1="${left}" x2="${width - right}" y1="${at(y(budget))}" y2="${at(y(budget))}"/>` +
        `<text class="label end budget-label" x="${width - right}" y="${at(Math.max(11, y(budget) - 4))}">budget ${money(budget)}</text>`;
  const title = `What ${campaign} spent over time`;
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${htmlText(title)}">`,
    `<title>${htmlText(title)}</title>`,
    ...levels,
    ...times,
    `<path class="area" d="${area}"/><path class="curve" d="${path}"/>`,
    bound,
    '</svg>',
  ].join('');
}

/** The next amount that is 1, 2 or 5 with zeros behind it. */
function roundedUp(cents: number): number {
  const power = 10 ** Math.floor(Math.log10(cents));
  return power * ([1, 2, 5].find((digit) => digit * power >= cents) ?? 10);
}
