import { type ReadLine, textOf } from './read-line.ts';
import type { RewardsSettings } from './rewards-settings.ts';

/** What of events says what a bet is. */
export type BetMapping = Pick<RewardsSettings, 'sellingTerminal' | 'horses' | 'wholeField' | 'formulas'>;

/** Members that are asked for whatever the mapping says, by their indexes. */
export const eventMembers = {
  id: 0,
  bet: 1,
  ticket: 2,
  time: 3,
  type: 4,
  formula: 5,
  stake: 6,
  date: 7,
  meeting: 8,
  race: 9,
  racecourse: 10,
  region: 11,
  coupon: 12,
  value: 13,
} as const;

/** What of an event is asked for: the values of members with certain names, in an object that is used again and again. */
export class EventMembers {
  /** Names of the members, each once. */
  readonly names: readonly string[];
  /** What they hold, as JSON has it, by the same index; `undefined`: there is no such member. */
  readonly values: unknown[];
  /** Indexes of the members that the mapping names. */
  readonly terminal: number;
  readonly horses: readonly number[];
  readonly runners: readonly number[];
  /** The name of the event, which its id begins with; `null`: the id says none. */
  name: string | null = null;
  /** When its frame was taken in; `null`: nobody says. */
  captured: number | null = null;

  constructor({ sellingTerminal, horses = ['horses'], wholeField }: BetMapping) {
    const names = Object.keys(eventMembers);
    const indexOf = (name: string): number => {
      const known = names.indexOf(name);
      return known < 0 ? names.push(name) - 1 : known;
    };
    this.terminal = indexOf(sellingTerminal?.field ?? 'terminal');
    this.horses = horses.map(indexOf);
    this.runners = wholeField === undefined ? [] : [indexOf(wholeField.horses)];
    this.names = names;
    this.values = new Array<unknown>(names.length).fill(undefined);
  }

  /** Be the members of an event that was read whole. */
  take(event: ReadLine): this {
    const { names, values } = this;
    for (let index = 0; index < names.length; index++) values[index] = event[names[index] as string];
    this.name = null;
    return this;
  }

  /** The name of the event. Throws REWARD_ENTRY for an id that is none. */
  nameOfEvent(): string {
    if (this.name !== null) return this.name;
    const id = textOf(this.values[eventMembers.id], 'id');
    return id.slice(0, id.indexOf(':'));
  }

  /** A text that has to be there. Throws REWARD_ENTRY. */
  text(index: number): string {
    return textOf(this.values[index], this.names[index] as string);
  }
}
