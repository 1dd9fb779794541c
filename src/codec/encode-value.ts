import type { ResolvedOptions } from './codec-options.ts';
import { type EncodeIssue, shownValue } from './encode-issue.ts';
import { type EncodablePlan, type EncodedRecord, encodeRecord, type GivenOriginal } from './encode-record.ts';
import type { RecordReading } from './reading.ts';

/** How a value is to be written. */
export interface EncodeOptions {
  /** The record as it was: bytes that no value describes, those of unchanged values and of missing fields come from it. */
  readonly original?: Uint8Array | undefined;
  /** Missing fields take their VALUE, else blanks or zeros as INITIALIZE does. Default: they are an error. */
  readonly init?: boolean | undefined;
  /** Round decimals that a field has no place for half up (away from zero). Default: they are an error. */
  readonly round?: boolean | undefined;
}

/** A written record, or why there is none: all that is wrong with the value. */
export type Encoded =
  | { readonly bytes: Uint8Array; readonly issues: readonly [] }
  | { readonly bytes: null; readonly issues: readonly EncodeIssue[] };

/** What the encoder needs from a codec. */
export interface EncodeContext<Target extends EncodablePlan> {
  readonly options: ResolvedOptions;
  /** The byte of a blank. */
  readonly blank: number;
  /** The records it may be, in the order of their rules. */
  readonly targets: readonly Target[];
  /** Rules choose the record, even if there is but one. */
  readonly chosen: boolean;
  /** The record that rules choose for bytes. */
  readonly choose: (bytes: Uint8Array) => Target | null;
  readonly read: (bytes: Uint8Array) => RecordReading;
}

/**
 * Write a record from the value that decoding gives under the same options. Never throws on values that came from JSON.
 *
 * Of several records the first that takes the value and is then chosen by the rules is meant.
 */
export function encodeValue<Target extends EncodablePlan>(
  value: unknown,
  given: EncodeOptions,
  context: EncodeContext<Target>,
): Encoded {
  const { options, blank, targets, chosen, choose } = context;
  const rules = { init: given.init ?? false, round: given.round ?? false };
  const original = given.original === undefined ? null : readOriginal(given.original, context);
  const before = chosen && given.original !== undefined ? choose(given.original) : null;
  let best: EncodedRecord | null = null;
  for (const target of before === null ? targets : [before, ...targets.filter((other) => other !== before)]) {
    const own = original?.reading.record === target.plan.record ? original : null;
    const encoded = encodeRecord(target, value, own, rules, options, blank);
    if (encoded.issues.length === 0 && (!chosen || choose(encoded.bytes) === target)) {
      return { bytes: encoded.bytes, issues: [] };
    }
    // A record that takes the value says more about what is wrong than one that does not.
    if (best === null || encoded.issues.length < best.issues.length) best = encoded;
  }
  if (best !== null && best.issues.length > 0) return { bytes: null, issues: best.issues };
  const names = targets.map(({ plan }) => plan.record.name).join(', ');
  const expected = `the fields and the discriminator of one of ${names}`;
  const issue = { code: 'ENCODE_RECORD', severity: 'error', path: '', value: shownValue(value), expected } as const;
  return { bytes: null, issues: [issue] };
}

function readOriginal<Target extends EncodablePlan>(
  bytes: Uint8Array,
  context: EncodeContext<Target>,
): GivenOriginal | null {
  const reading = context.read(bytes);
  return reading.issues.some((issue) => issue.code === 'NO_RECORD') ? null : { bytes, reading };
}
