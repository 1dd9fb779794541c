import type { EmittedModule } from './emit-module.ts';

/** Where things are in the memory of a module, how much it writes, and what it asks for. */
export type ModulePlaces = Pick<
  EmittedModule,
  'end' | 'lineBound' | 'resultAt' | 'memories' | 'turnsAt' | 'references'
>;

/** A module that was compiled, as data that can be sent: running it in another thread too costs a fraction of emitting and compiling it there. */
export interface MadeModule extends ModulePlaces {
  readonly module: object;
  /** Where in memory it begins to keep what it needs. */
  readonly start: number;
}
