import { type ByteText, type TextPiece, textPiece } from '../../bytes/byte-text.ts';
import { jsonText, writeJsonCharacters } from '../../codec/json-text.ts';
import type { CampaignDecision, Decision } from '../../rewards/decision.ts';
import type { CancelledCoupon, Reward } from '../../rewards/reward-outputs.ts';

const pieces = {
  bet: textPiece('{"bet":"'),
  ticket: textPiece('","ticket":"'),
  terminal: textPiece('","terminal":"'),
  timeAfterText: textPiece('","time":'),
  time: textPiece(',"time":'),
  now: textPiece(',"now":'),
  outcome: textPiece(',"outcome":"'),
  versionAfterText: textPiece('","version":'),
  campaigns: textPiece(',"campaigns":['),
  campaign: textPiece(',"campaign":"'),
  campaignAfterText: textPiece('","campaign":"'),
  coupon: textPiece(',"coupon":"'),
  couponAfterText: textPiece('","coupon":"'),
  value: textPiece(',"value":'),
  valueAfterText: textPiece('","value":'),
  detail: textPiece(',"detail":"'),
  expiry: textPiece(',"expiry":'),
  reason: textPiece(',"reason":"'),
  revoked: textPiece(',"outcome":"revoked"}'),
  quote: textPiece('"'),
  comma: textPiece(','),
  endOfText: textPiece('"}'),
  endOfObject: textPiece('}'),
  endOfList: textPiece(']}'),
};
const mostHeads = 65_536;

/** What the decision of a campaign begins with. */
interface Head {
  readonly campaign: string;
  readonly outcome: string;
  readonly piece: TextPiece;
}

/** Writes what the engine decides as lines of JSON, member by member as they are declared. */
export class RewardLines {
  /** What the decisions of campaigns begin with, by outcome and campaign. */
  readonly #heads: Map<string, Map<string, Head>> = new Map();
  #count = 0;
  /** Those of the last decision, by their places: mostly the next one has the same. */
  #recent: Head[] = [];

  reward(
    { bet, ticket, terminal, time, campaign, version, coupon, value, expiry, reason }: Reward,
    out: ByteText,
  ): void {
    writeJsonCharacters(bet, out.piece(pieces.bet));
    writeJsonCharacters(ticket, out.piece(pieces.ticket));
    writeJsonCharacters(terminal, out.piece(pieces.terminal));
    out.piece(pieces.timeAfterText).number(time);
    writeJsonCharacters(campaign, out.piece(pieces.campaign));
    out.piece(pieces.versionAfterText).number(version);
    writeJsonCharacters(coupon, out.piece(pieces.coupon));
    out.piece(pieces.valueAfterText).number(value).piece(pieces.expiry);
    if (expiry === null) out.text('null');
    else out.number(expiry);
    writeJsonCharacters(reason, out.piece(pieces.reason));
    out.piece(pieces.endOfText);
  }

  cancelled({ bet, terminal, campaign, coupon, value, time }: CancelledCoupon, out: ByteText): void {
    writeJsonCharacters(bet, out.piece(pieces.bet));
    writeJsonCharacters(terminal, out.piece(pieces.terminal));
    writeJsonCharacters(campaign, out.piece(pieces.campaignAfterText));
    writeJsonCharacters(coupon, out.piece(pieces.couponAfterText));
    out.piece(pieces.valueAfterText).number(value).piece(pieces.time).number(time).piece(pieces.revoked);
  }

  decision({ bet, terminal, time, now, outcome, version, campaigns }: Decision, out: ByteText): void {
    writeJsonCharacters(bet, out.piece(pieces.bet));
    writeJsonCharacters(terminal, out.piece(pieces.terminal));
    out.piece(pieces.timeAfterText).number(time).piece(pieces.now).number(now);
    out.piece(pieces.outcome).text(outcome).piece(pieces.versionAfterText).number(version).piece(pieces.campaigns);
    for (let index = 0; index < campaigns.length; index++) {
      if (index > 0) out.piece(pieces.comma);
      this.#campaign(campaigns[index] as CampaignDecision, index, out);
    }
    out.piece(pieces.endOfList);
  }

  #campaign({ campaign, outcome, coupon, value, detail }: CampaignDecision, index: number, out: ByteText): void {
    let head = this.#recent[index];
    if (head === undefined || head.campaign !== campaign || head.outcome !== outcome) {
      head = this.#heads.get(outcome)?.get(campaign) ?? this.#head(campaign, outcome);
      this.#recent[index] = head;
    }
    out.piece(head.piece);
    if (coupon !== undefined) {
      writeJsonCharacters(coupon, out.piece(pieces.coupon));
      out.piece(pieces.quote);
    }
    if (value !== undefined) out.piece(pieces.value).number(value);
    if (detail !== undefined) {
      writeJsonCharacters(detail, out.piece(pieces.detail));
      out.piece(pieces.quote);
    }
    out.piece(pieces.endOfObject);
  }

  #head(campaign: string, outcome: string): Head {
    if (++this.#count > mostHeads) {
      this.#heads.clear();
      this.#count = 1;
    }
    let heads = this.#heads.get(outcome);
    if (heads === undefined) {
      heads = new Map();
      this.#heads.set(outcome, heads);
    }
    const piece = textPiece(`{"campaign":${jsonText(campaign)},"outcome":"${outcome}"`);
    const head: Head = { campaign, outcome, piece };
    heads.set(campaign, head);
    return head;
  }
}
