import type { SettingsProblem } from './settings-error.ts';

/** Order problems by where they stand in the file. */
export function byPlace({ position: one }: SettingsProblem, { position: other }: SettingsProblem): number {
  return one.line - other.line || one.column - other.column;
}
