import type { Bet } from './bet.ts';

/** A condition on bets, written in CEL. */
export interface BetCondition {
  readonly text: string;
  /** Whether it holds. What asks for a value that is `null`, or cannot be computed, does not, unless the rest decides alone. */
  readonly holds: (bet: Bet) => boolean;
  /** What must be so for it to hold, as far as an index can use it; a field that is not named may be anything. */
  readonly needs: readonly BetNeed[];
  /** Whether that is all: it holds for every bet with a whole stake that meets them. */
  readonly isAll: boolean;
}

/** What a field must be for a condition to hold: one of some values, or a number in a range (bounds included; `null` is none). */
export type BetNeed =
  | { readonly field: IndexedField; readonly oneOf: readonly (string | number)[] }
  | { readonly field: 'stake' | 'horses'; readonly from: number | null; readonly to: number | null };

/** Fields of bets that an index looks up. */
export type IndexedField = 'type' | 'formula' | 'terminal' | 'region' | 'racecourse' | 'meeting' | 'race';
