import { ByteText, textPiece } from '../../bytes/byte-text.ts';
import { jsonText } from '../../codec/json-text.ts';
import type { Refusal } from './refusals.ts';
import type { Tally } from './tally.ts';

/** What is counted besides campaigns. */
interface Totals {
  readonly events: number;
  readonly bets: number;
  readonly cancels: number;
  readonly redemptions: number;
  readonly refusedEvents: number;
  readonly versions: number;
  readonly refusals: { readonly json: string };
  readonly lines: Tally;
  readonly now: number;
  readonly outcomes: Tally;
  readonly records: Tally;
}

/** What is counted of a campaign. */
interface OfCampaign {
  readonly id: string;
  readonly matched: number;
  readonly rewards: number;
  readonly rewardedCents: number;
  readonly revoked: number;
  readonly revokedCents: number;
  readonly outcomes: Tally;
}

type Entries = readonly (readonly [string, number])[];
type Members = Readonly<Record<string, number>>;

/** The totals as they are kept, as JSON. */
export interface SavedTotals extends Omit<Totals, 'refusals' | 'lines' | 'outcomes' | 'records'> {
  readonly version: 1;
  readonly refusals: readonly Refusal[];
  readonly lines: Entries;
  readonly outcomes: Members;
  readonly records: Entries;
}

/** The id of a campaign, and what is kept of its counts, as JSON. */
export type SavedCampaign = readonly [string, Omit<OfCampaign, 'id' | 'outcomes'> & { readonly outcomes: Members }];

const pieces = {
  events: textPiece('{"version":1,"events":'),
  bets: textPiece(',"bets":'),
  cancels: textPiece(',"cancels":'),
  redemptions: textPiece(',"redemptions":'),
  refusedEvents: textPiece(',"refusedEvents":'),
  versions: textPiece(',"versions":'),
  refusals: textPiece(',"refusals":'),
  lines: textPiece(',"lines":['),
  now: textPiece('],"now":'),
  outcomes: textPiece(',"outcomes":{'),
  records: textPiece('},"records":['),
  endOfTotals: textPiece(']}'),
  list: textPiece('['),
  matched: textPiece(',{"matched":'),
  rewards: textPiece(',"rewards":'),
  rewardedCents: textPiece(',"rewardedCents":'),
  revoked: textPiece(',"revoked":'),
  revokedCents: textPiece(',"revokedCents":'),
  endOfCampaign: textPiece('}}]'),
  comma: textPiece(','),
  colon: textPiece(':'),
  endOfList: textPiece(']'),
};
const out: ByteText = new ByteText();

/** Write the totals; the bytes hold until something else is written. Each commit has them, so that they are put together without objects. */
export function savedTotals(counts: Totals): Uint8Array {
  out.clear();
  out.piece(pieces.events).number(counts.events).piece(pieces.bets).number(counts.bets);
  out.piece(pieces.cancels).number(counts.cancels).piece(pieces.redemptions).number(counts.redemptions);
  out.piece(pieces.refusedEvents).number(counts.refusedEvents).piece(pieces.versions).number(counts.versions);
  out.piece(pieces.refusals).text(counts.refusals.json).piece(pieces.lines);
  writeLists(counts.lines);
  out.piece(pieces.now).number(counts.now).piece(pieces.outcomes);
  writeMembers(counts.outcomes);
  out.piece(pieces.records);
  writeLists(counts.records);
  return out.piece(pieces.endOfTotals).bytes;
}

/** Write the counts of a campaign; the bytes hold until something else is written. */
export function savedCampaign(counts: OfCampaign): Uint8Array {
  out.clear();
  out.piece(pieces.list).text(jsonText(counts.id)).piece(pieces.matched).number(counts.matched);
  out.piece(pieces.rewards).number(counts.rewards).piece(pieces.rewardedCents).number(counts.rewardedCents);
  out.piece(pieces.revoked).number(counts.revoked).piece(pieces.revokedCents).number(counts.revokedCents);
  out.piece(pieces.outcomes);
  writeMembers(counts.outcomes);
  return out.piece(pieces.endOfCampaign).bytes;
}

function writeMembers({ names, counts }: Tally): void {
  for (let at = 0; at < names.length; at++) {
    if (at > 0) out.piece(pieces.comma);
    out
      .text(jsonText(names[at] as string))
      .piece(pieces.colon)
      .number(counts[at] as number);
  }
}

function writeLists({ names, counts }: Tally): void {
  for (let at = 0; at < names.length; at++) {
    if (at > 0) out.piece(pieces.comma);
    out
      .piece(pieces.list)
      .text(jsonText(names[at] as string))
      .piece(pieces.comma)
      .number(counts[at] as number);
    out.piece(pieces.endOfList);
  }
}
