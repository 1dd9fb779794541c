import type { EmittedModule } from './emit-module.ts';

/** Where things are in the memory of a module, and how much it writes. */
export type ModulePlaces = Pick<EmittedModule, 'end' | 'lineBound' | 'resultAt' | 'slotsAt' | 'turnsAt'>;

/** A module that was compiled, as data that can be sent: running it in another thread too costs a fraction of compiling it there. */
export interface MadeModule extends ModulePlaces {
  readonly module: object;
  /** Where in memory it begins to keep what it needs. */
  readonly start: number;
}
