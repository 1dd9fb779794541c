import type { CorrelationAccount } from './correlation-account.ts';
import type { CorrelationControl } from './correlation-state.ts';
import { OpenBlock } from './open-block.ts';
import { numberOfOpenKey } from './open-key.ts';
import { type StateEntry, stateKinds } from './state-entry.ts';

/** What people want to know of a correlation's state. */
export interface StateOverview {
  /** Event time up to which everything is decided; `null` before the first frame, +Infinity behind the end of all inputs. */
  readonly watermark: number | null;
  readonly account: CorrelationAccount;
  /** The open request with the earliest event time. */
  readonly oldestRequest: OldestRequest | null;
  /** The input that keeps the watermark from rising: not idle, with the smallest time, which is `null` when it delivered nothing. */
  readonly heldBy: { readonly input: number; readonly time: number | null } | null;
}

interface OldestRequest {
  readonly key: string | number;
  readonly time: number;
}

/** Look into a state without restoring it; `null` when there is none. */
export function stateOverview(state: Iterable<StateEntry>): StateOverview | null {
  let control: CorrelationControl | null = null;
  const requests = new Map<number, (OldestRequest | null)[]>();
  const closed: (readonly [block: number, row: number])[] = [];
  for (const { key, value } of state) {
    if (key[0] === stateKinds.control) control = JSON.parse(new TextDecoder().decode(value)) as CorrelationControl;
    if (key[0] !== stateKinds.open) continue;
    const number = numberOfOpenKey(key);
    const block = new OpenBlock(value);
    requests.set(
      number,
      Array.from(block.rows(), (row) => (row.direction === 0 ? { key: row.key, time: row.time } : null)),
    );
    for (let index = 0; index < block.closures; index++) {
      const [back, row] = block.closure(index);
      closed.push([number - back, row]);
    }
  }
  for (const [block, row] of closed) requests.get(block)?.fill(null, row, row + 1);
  let oldestRequest: OldestRequest | null = null;
  for (const request of [...requests.values()].flat()) {
    if (request !== null && (oldestRequest === null || request.time < oldestRequest.time)) oldestRequest = request;
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
