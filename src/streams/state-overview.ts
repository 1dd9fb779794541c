import type { CorrelationAccount } from './correlation-account.ts';
import { type CorrelationControl, type StateEntry, stateKinds } from './correlation-state.ts';
import { ByteReader } from './state-bytes.ts';

/** What people want to know of a correlation's state. */
export interface StateOverview {
  /** Event time up to which everything is decided; `null` before the first frame, +Infinity behind the end of all inputs. */
  readonly watermark: number | null;
  readonly account: CorrelationAccount;
  /** The open request with the earliest event time. */
  readonly oldestRequest: { readonly key: string | number; readonly time: number } | null;
  /** The input that keeps the watermark from rising: not idle, with the smallest time, which is `null` when it delivered nothing. */
  readonly heldBy: { readonly input: number; readonly time: number | null } | null;
}

/** Look into a state without restoring it; `null` when there is none. */
export function stateOverview(state: Iterable<StateEntry>): StateOverview | null {
  let control: CorrelationControl | null = null;
  let oldestRequest: StateOverview['oldestRequest'] = null;
  for (const { key, value } of state) {
    if (key[0] === stateKinds.control) control = JSON.parse(new TextDecoder().decode(value)) as CorrelationControl;
    if (key[0] !== stateKinds.open) continue;
    const reader = new ByteReader(value);
    if (reader.byte() !== 0) continue;
    const own = reader.key();
    reader.number(); // sequence
    const time = reader.number();
    if (oldestRequest === null || time < oldestRequest.time) oldestRequest = { key: own, time };
  }
  if (control === null) return null;
  const { watermark, account, inputs } = control;
  let heldBy: StateOverview['heldBy'] = null;
  for (const { input, largest, idle } of inputs) {
    if (idle || (heldBy !== null && (heldBy.time === null || (largest !== null && largest >= heldBy.time)))) continue;
    heldBy = { input, time: largest };
  }
  return { watermark: watermark === 'end' ? Number.POSITIVE_INFINITY : watermark, account, oldestRequest, heldBy };
}
