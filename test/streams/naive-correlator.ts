/** An entry of a journal whose header was read. */
export type PlainEntry =
  | {
      readonly kind: 'frame';
      readonly position: number;
      readonly input: number;
      readonly ingested: number | null;
      /** 2: notice, 3: unreadable. */
      readonly direction: 0 | 1 | 2 | 3;
      readonly key: string | number;
      readonly sequence: number;
      readonly time: number;
      readonly size: number;
    }
  | { readonly kind: 'tick'; readonly position: number; readonly elapsed: number }
  | { readonly kind: 'input'; readonly position: number; readonly input: number; readonly idle: boolean };

export type PlainFrame = PlainEntry & { readonly kind: 'frame' };

/** Everything the rule depends on. */
export interface NaiveRule {
  readonly before: number;
  readonly after: number;
  readonly grace: number;
  readonly disorder: number;
  readonly maxFuture: number;
  readonly policy: 'first' | 'last' | 'all';
  readonly timeInIdentity: boolean;
  readonly inputs: number;
  readonly maxOpen: number;
  readonly maxOpenBytes: number;
}

/** What became of frames, as positions: `[request, response, at]` for pairs, `[frame, at]` for all others. */
export interface NaiveOutputs {
  readonly matched: (readonly [number, number, number])[];
  readonly expired: (readonly [number, number])[];
  readonly orphans: (readonly [number, number])[];
  readonly late: (readonly [number, number])[];
  readonly duplicates: (readonly [number, number])[];
  readonly rejected: (readonly [number, number])[];
  readonly notices: (readonly [number, number])[];
  readonly quarantined: (readonly [number, number])[];
}

interface Identity {
  frame: PlainFrame;
  readonly time: number;
  readonly deadline: number;
  open: boolean;
}

/**
 * The journal rule as it reads, with one list of everything ever remembered and a pass over all of it wherever the rule says
 * "all", "oldest" or "known". Quadratic, and meant to be.
 */
export class NaiveCorrelator {
  watermark: number = Number.NEGATIVE_INFINITY;
  private readonly rule: NaiveRule;
  private readonly inputs = new Map<number, { largest: number; idle: boolean }>();
  private identities: Identity[] = [];
  private out: NaiveOutputs = noOutputs();

  constructor(rule: NaiveRule) {
    this.rule = rule;
    for (let input = 0; input < rule.inputs; input++) this.input(input);
  }

  step(entry: PlainEntry): NaiveOutputs {
    this.out = noOutputs();
    if (entry.kind === 'frame') this.frame(entry);
    else {
      if (entry.kind === 'input') this.input(entry.input).idle = entry.idle;
      this.raise();
      if (entry.kind === 'tick') {
        this.watermark = entry.elapsed === Number.POSITIVE_INFINITY ? entry.elapsed : this.watermark + entry.elapsed;
      }
      this.closePast(entry.position);
    }
    return this.out;
  }

  private frame(frame: PlainFrame): void {
    const { rule, out } = this;
    const at = frame.position;
    // 1. Unreadable, or from the future: quarantine, and nothing else changes.
    if (frame.direction === 3) {
      out.quarantined.push([at, at]);
      return;
    }
    if (frame.ingested !== null && frame.time > frame.ingested + rule.maxFuture) {
      out.quarantined.push([at, at]);
      return;
    }
    if (frame.direction === 2) {
      out.notices.push([at, at]);
      return;
    }
    // 2. The watermark.
    const input = this.input(frame.input);
    input.largest = Math.max(input.largest, frame.time);
    this.raise();
    // 3. What it passed closes.
    this.closePast(at);
    // 4. Duplicate, match, late, or open.
    const known = this.identities.find(
      (other) =>
        other.frame.direction === frame.direction &&
        other.frame.key === frame.key &&
        other.frame.sequence === frame.sequence &&
        (!rule.timeInIdentity || other.time === frame.time),
    );
    const own = frame.time + rule.grace + (frame.direction === 0 ? rule.after : rule.before);
    if (known !== undefined) {
      if (known.open && rule.policy === 'last') {
        out.duplicates.push([known.frame.position, at]);
        known.frame = frame;
      } else out.duplicates.push([at, at]);
    } else {
      const partners = this.openInOrder((one, other) => one.time - other.time).filter((other) => {
        if (other.frame.direction === frame.direction || other.frame.key !== frame.key) return false;
        const difference = frame.direction === 1 ? frame.time - other.time : other.time - frame.time;
        return -rule.before <= difference && difference <= rule.after;
      });
      const taken = rule.policy === 'all' && frame.direction === 1 ? partners : partners.slice(0, 1);
      for (const partner of taken) {
        partner.open = false;
        const other = partner.frame.position;
        out.matched.push(frame.direction === 1 ? [other, at, at] : [at, other, at]);
      }
      if (taken.length > 0) this.identities.push({ frame, time: frame.time, deadline: own, open: false });
      else if (own < this.watermark) out.late.push([at, at]);
      else this.identities.push({ frame, time: frame.time, deadline: own, open: true });
    }
    this.keepCaps(at);
  }

  private keepCaps(at: number): void {
    for (;;) {
      const open = this.openInOrder((one, other) => one.deadline - other.deadline);
      const bytes = open.reduce((sum, one) => sum + one.frame.size, 0);
      const [earliest] = open;
      if (earliest === undefined || (open.length <= this.rule.maxOpen && bytes <= this.rule.maxOpenBytes)) return;
      earliest.open = false;
      this.out.rejected.push([earliest.frame.position, at]);
    }
  }

  private raise(): void {
    const active = [...this.inputs.values()].filter((input) => !input.idle);
    if (active.length === 0) return;
    const least = Math.min(...active.map((input) => input.largest - this.rule.disorder));
    this.watermark = Math.max(this.watermark, least);
  }

  private closePast(at: number): void {
    for (const identity of this.openInOrder((one, other) => one.deadline - other.deadline)) {
      if (!(identity.deadline < this.watermark)) continue;
      const output = identity.frame.direction === 0 ? this.out.expired : this.out.orphans;
      output.push([identity.frame.position, at]);
    }
    this.identities = this.identities.filter((identity) => !(identity.deadline < this.watermark));
  }

  private openInOrder(compare: (one: Identity, other: Identity) => number): Identity[] {
    return this.identities
      .filter((identity) => identity.open)
      .sort((one, other) => compare(one, other) || one.frame.position - other.frame.position);
  }

  private input(number: number): { largest: number; idle: boolean } {
    let input = this.inputs.get(number);
    if (input === undefined) {
      input = { largest: Number.NEGATIVE_INFINITY, idle: false };
      this.inputs.set(number, input);
    }
    return input;
  }
}

/** No outputs at all. */
export function noOutputs(): NaiveOutputs {
  return {
    matched: [],
    expired: [],
    orphans: [],
    late: [],
    duplicates: [],
    rejected: [],
    notices: [],
    quarantined: [],
  };
}
