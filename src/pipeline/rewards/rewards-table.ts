import { openBlockTable } from '../../state/block-table.ts';
import type { Environment, Table } from '../../state/environment.ts';

/** The name of the rewards stage of a pipeline, under which its state, its journal and its events are kept. */
export function stageName(pipeline: string): string {
  return `${pipeline}.rewards`;
}

/** The table that holds the state of a rewards stage in one partition. */
export function rewardsTable(environment: Environment, stage: string): Table {
  return openBlockTable(environment, `rewards-${stage}`);
}
