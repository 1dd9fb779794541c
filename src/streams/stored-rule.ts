import type { CorrelationControl } from './correlation-state.ts';
import { readRule, type StoredRule } from './rule-text.ts';
import { type StateEntry, stateKinds } from './state-entry.ts';

/** The settings that a state was made with; `null` when there is no state. Throws STATE_CORRUPT. */
export function storedRule(state: Iterable<StateEntry>): StoredRule | null {
  for (const { key, value } of state) {
    if (key[0] !== stateKinds.control) continue;
    return readRule((JSON.parse(new TextDecoder().decode(value)) as CorrelationControl).rule);
  }
  return null;
}
