import { createHash } from 'node:crypto';
import type { CampaignReport, SimulationReport } from '../pipeline/rewards/simulation-report.ts';
import { htmlText } from './html-text.ts';
import { wordsOf } from './outcome-words.ts';
import { money } from './rewards-text.ts';
import { clockText, spanText } from './simulation-text.ts';
import { spendingChart } from './spending-chart.ts';

const style = `
:root { color-scheme: light dark; --ink: #1d2433; --soft: #5b6577; --line: #d9dee7; --paper: #fff; --panel: #f5f7fa; --mark: #1f6feb; --bound: #c2410c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b5; --line: #333b49; --paper: #14181f; --panel: #1c222c; --mark: #58a6ff; --bound: #fb923c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; } h2 { margin: 2.5rem 0 .25rem; font-size: 1.2rem; }
p { margin: .25rem 0 1rem; } .soft { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none; }
.tiles li { padding: .75rem 1rem; border-radius: .5rem; background: var(--panel); } .tiles b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; } th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; } td:first-child { min-width: 14rem; white-space: normal; }
th { color: var(--soft); font-weight: 600; } .number { text-align: right; }
svg { display: block; width: 100%; height: auto; margin: .5rem 0; } .grid { stroke: var(--line); } .area { fill: var(--mark); opacity: .12; } .curve { fill: none; stroke: var(--mark); stroke-width: 2; }
.budget { stroke: var(--bound); stroke-dasharray: 5 4; } .label { fill: var(--soft); font-size: 12px; } .budget-label { fill: var(--bound); } .end { text-anchor: end; } .middle { text-anchor: middle; }
.bars { display: grid; grid-template-columns: max-content 1fr max-content; gap: .3rem .75rem; align-items: center; margin: .5rem 0 0; } .bars svg { height: .7rem; margin: 0; } .bar { fill: var(--mark); opacity: .6; }
`;

/** Make a page of a simulation that needs nothing but itself: no script, no font, no picture from elsewhere, and a policy that says so. */
export function simulationHtml(report: SimulationReport): string {
  const { name, version, campaigns, rewards, revoked, spentCents, bets, cancels } = report;
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const tiles: readonly (readonly [string, string])[] = [
    [grouped(bets), 'bets'],
    [grouped(cancels), 'cancellations'],
    [grouped(rewards), 'coupons given'],
    [grouped(revoked), 'of them taken back'],
    [money(spentCents), 'spent'],
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${htmlText(name)} version ${version}: simulation</title><style>${style}</style></head><body>`,
    `<h1>What ${htmlText(name)}, version ${version}, would have given</h1>`,
    `<p class="soft">Bets of ${htmlText(spanText(report))}. Nobody was rewarded: this is a simulation.</p>`,
    `<ul class="tiles">${tiles.map(([number, what]) => `<li><b>${number}</b>${what}</li>`).join('')}</ul>`,
    overview(campaigns),
    '<h2>What became of bets and cancellations</h2>',
    bars(Object.entries(report.outcomes).filter(([, count]) => count > 0)),
    ...campaigns.map((campaign) => section(campaign, report)),
    remarks(report),
    '</body></html>\n',
  ].join('\n');
}

function overview(campaigns: readonly CampaignReport[]): string {
  const heads = ['Campaign', 'Bets met it', 'Coupons', 'Taken back', 'Spent', 'Budget', 'Used'];
  const cells = campaigns.map((campaign) => {
    const { matched, rewards, revoked, spent, budget } = campaign;
    const used = budget === null || budget === 0 ? '' : `${Math.round((100 * spent) / budget)} %`;
    const numbers = [
      grouped(matched),
      grouped(rewards),
      grouped(revoked),
      money(spent),
      budget === null ? 'none' : money(budget),
      used,
    ];
    return `<tr><td>${htmlText(titleOf(campaign))}</td>${numbers.map((number) => `<td class="number">${number}</td>`).join('')}</tr>`;
  });
  const head = heads.map((text, column) => `<th${column === 0 ? '' : ' class="number"'}>${text}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${cells.join('')}</tbody></table></div>`;
}

function section(campaign: CampaignReport, { from, to, timeZone }: SimulationReport): string {
  const chart = from === null || to === null ? '' : spendingChart(campaign, { from, to, timeZone });
  const refusals = campaign.refusals.map(({ outcome, count }) => [outcome, count] as const);
  return [
    `<h2>${htmlText(titleOf(campaign))}</h2><p>${htmlText(storyOf(campaign, timeZone))}</p>`,
    chart,
    refusals.length === 0 ? '' : `<p class="soft">Bets that met its conditions and got nothing:</p>${bars(refusals)}`,
  ].join('\n');
}

/** What happened, in a sentence or two. */
function storyOf(
  { shadow, matched, rewards, revoked, spent, budget, dried }: CampaignReport,
  timeZone: string,
): string {
  if (matched === 0) return 'No bet met its conditions.';
  const many = (count: number, what: string): string => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
  const gave = shadow ? 'It only watches; it would have given' : 'It gave';
  const back = revoked === 0 ? '' : `, of which ${many(revoked, 'coupon')} came back with cancelled bets`;
  const part = budget === null || budget === 0 ? '' : `, ${Math.round((100 * spent) / budget)} % of its budget`;
  const dry =
    dried === null ? '' : ` It had nothing left to give for the first time at ${clockText(dried, timeZone).slice(11)}.`;
  return `${many(matched, 'bet')} met its conditions. ${gave} ${many(rewards, 'coupon')}${back}. What is out comes to ${money(spent)}${part}.${dry}`;
}

/** Bars of counts, each with its outcome in words. */
function bars(counts: readonly (readonly [outcome: string, count: number])[]): string {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const rows = counts.map(([outcome, count]) => {
    const width = Math.max(0.5, (100 * count) / most).toFixed(1);
    const bar = `<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" width="${width}" height="4"/></svg>`;
    return `<span>${htmlText(wordsOf(outcome))}</span>${bar}<span class="number">${grouped(count)}</span>`;
  });
  return `<div class="bars">${rows.join('')}</div>`;
}

function remarks({ unreadable, examples }: SimulationReport): string {
  if (unreadable === 0) return '';
  const list = examples.map((example) => `<li>${htmlText(example)}</li>`).join('');
  return `<h2>Lines that were no use: ${grouped(unreadable)}</h2><ul>${list}</ul>`;
}

function titleOf({ campaign, title, shadow }: CampaignReport): string {
  return `${title === '' ? campaign : `${title} (${campaign})`}${shadow ? ', only watching' : ''}`;
}

/** A number with a blank between thousands. */
function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(?:[0-9]{3})+$)/g, '\u202f');
}
