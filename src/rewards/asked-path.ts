import type { AccessPath } from './access-path.ts';
import type { AskedField } from './asked-field.ts';
import type { AskedNumber } from './asked-number.ts';
import type { CampaignSet } from './campaign.ts';
import type { CampaignColumns } from './campaign-columns.ts';
import { inPosting, postingNeeds, postingWidth } from './posting.ts';
import { ValueDimension } from './value-dimension.ts';

const bitsOfWord = 32;
const everyRow = -1;
const everyPiece = 0xffff << 16;

/** What the postings of paths are made of. */
export interface PathGround {
  readonly set: CampaignSet;
  readonly asked: readonly AskedField[];
  readonly intervals: readonly AskedNumber[];
  /** Of each asked field, whether its bits are in `columns`; else they are in rows. */
  readonly together: readonly boolean[];
  /** Filled already. */
  readonly columns: CampaignColumns;
  readonly rankOf: Int32Array;
  /** Bits of campaigns in rows. */
  readonly slotOf: Int32Array;
}

/** A path, and what is to be asked about the campaigns in its lists besides the fields of the path. */
export class AskedPath {
  readonly path: AccessPath;
  /** Fields whose bits stand together, and fields that have rows of their own. */
  readonly short: Int32Array;
  readonly long: Int32Array;
  /** The field whose rows postings say; -1: there is none with so few rows. */
  readonly masked: number;
  readonly #ground: PathGround;
  readonly #posting = new Int32Array(postingWidth);

  constructor(ground: PathGround, path: AccessPath) {
    const { asked, together } = ground;
    const others = [...asked.keys()].filter((field) => !path.fields.includes(field));
    this.path = path;
    this.short = Int32Array.from(others.filter((field) => together[field] === true));
    this.long = Int32Array.from(others.filter((field) => together[field] !== true));
    this.masked = this.short.find((field) => hasFewRows(asked[field])) ?? -1;
    this.#ground = ground;
  }

  /** The posting of a campaign, which holds until the next call. */
  postingOf(campaign: number): Int32Array {
    const { set, asked, intervals, rankOf, slotOf } = this.#ground;
    const posting = this.#posting;
    const isAsked = (field: number): boolean => asked[field]?.dimension.asks(campaign) === true;
    const [first, ...numbers] = intervals;
    const hasRange = first?.dimension.isShort === true;
    let slot = slotOf[campaign] as number;
    const isLeft = !hasRange && first?.dimension.asks(campaign) === true;
    if (
      isLeft ||
      numbers.some(({ dimension }) => dimension.asks(campaign)) ||
      this.short.some((field) => field !== this.masked && isAsked(field))
    )
      slot |= postingNeeds.columns;
    if (this.long.some(isAsked)) slot |= postingNeeds.rows;
    const isCoarse = asked.some(({ dimension }) => dimension.isCoarse && dimension.asks(campaign));
    if (isCoarse || (set.campaigns[campaign]?.when ?? null) !== null) slot |= postingNeeds.rest;
    posting[inPosting.rank] = rankOf[campaign] as number;
    posting[inPosting.range] = hasRange ? first.dimension.shortRange(campaign) : everyPiece;
    posting[inPosting.mask] = this.#maskOf(campaign);
    posting[inPosting.slot] = slot;
    return posting;
  }

  #maskOf(campaign: number): number {
    const { asked, columns, rankOf } = this.#ground;
    const dimension = asked[this.masked]?.dimension;
    if (dimension === undefined) return everyRow;
    let mask = 0;
    for (let row = 0; row < dimension.rows; row++) {
      if (columns.has(dimension.base + row, rankOf[campaign] as number)) mask |= 1 << row;
    }
    return mask;
  }
}

/** Whether its rows fit into a word; those of days are only made as bets come. */
function hasFewRows(field: AskedField | undefined): boolean {
  return field?.dimension instanceof ValueDimension && field.dimension.rows <= bitsOfWord;
}
