import type { LayoutItem } from './layout.ts';
import { totalBits } from './total-bits.ts';

/** One thing after another in a group: an item, or a redefined area, which several items describe. */
export interface GroupPart {
  readonly first: LayoutItem;
  /** It starts at the next bit rather than the next byte. */
  readonly bitAligned: boolean;
  /** Bits left free before it, at whatever counts: what SYNCHRONIZED puts there. */
  readonly slackBits: number;
  /** Bits at maximum counts: all occurrences of a table, the longest view of an area. */
  readonly bits: number;
}

/** List the parts of a group in copybook order. Their slack is that at maximum counts; it slides with them. */
export function partsOf(group: LayoutItem): readonly GroupPart[] {
  const start = group.parent === null ? 0 : 8 * group.offset + group.bit;
  let next = 0;
  return group.children
    .filter((child) => child.redefines === null)
    .map((first) => {
      const views = first.views.length === 0 ? [first] : first.views;
      const bitAligned = views.every((view) => view.bitAligned);
      const place = 8 * first.offset + first.bit - start;
      const part = { first, bitAligned, slackBits: 0, bits: Math.max(...views.map(totalBits)) };
      const slackBits = place - placeOf(part, next);
      next = place + part.bits;
      return { ...part, slackBits };
    });
}

/** Say where a part of a group stands when the part before it ends at the bit `next`. */
export function placeOf(part: Pick<GroupPart, 'bitAligned' | 'slackBits'>, next: number): number {
  return (part.bitAligned ? next : nextByte(next)) + part.slackBits;
}

/** Count the bits of one occurrence of a group whose parts take `taken` of them. */
export function groupBits(group: LayoutItem, taken: number): number {
  return (group.bitAligned ? taken : nextByte(taken)) + 8 * group.trailingSlack;
}

function nextByte(bit: number): number {
  return bit + (-bit & 7);
}
