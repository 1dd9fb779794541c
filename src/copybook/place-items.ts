import { CopybookError, type Diagnostic } from './copybook-error.ts';
import type { SyncRule } from './dialect.ts';
import type { DraftItem } from './draft-item.ts';
import { syncBoundary } from './sync-boundary.ts';
import { totalBits } from './total-bits.ts';

const maximumRecordBits = 8 * (1 << 28); // 256 MiB

/**
 * Third pass: give every item its offset and every group its length, all tables at their maximum.
 *
 * Slack bytes (Enterprise COBOL Language Reference, "Slack bytes within records" and "between records"): `ibm` puts them
 * before the item, or before the outermost group whose first item it is; the others inside that group, as GnuCOBOL does. The
 * end of each occurrence is filled up to the strictest boundary in it. Positions are counted in bits, because items of
 * USAGE BIT pack at the next bit; everything else starts at a byte.
 */
export function placeItems(root: DraftItem, sync: SyncRule, warnings: Diagnostic[]): void {
  place(root, 0, sync, warnings);
}

/** Place an item whose first occurrence starts at `start`; returns the strictest boundary in it. */
function place(item: DraftItem, start: number, sync: SyncRule, warnings: Diagnostic[]): number {
  item.offset = Math.floor(start / 8);
  item.bit = start % 8;
  let boundary = syncBoundary(item, sync);
  if (item.children.length > 0) {
    const { end, strictest } = placeChildren(item, start, sync, warnings);
    boundary = strictest;
    item.bitLength = end - start;
    if (!item.bitAligned) item.bitLength = alignUp(item.bitLength, 8);
    if (item.occurs !== null) {
      const padded = alignUp(item.bitLength, 8 * boundary);
      if (boundary > 1) item.trailingSlack = (padded - item.bitLength) / 8;
      if (boundary > 1) item.bitLength = padded;
    }
  }
  item.length = Math.ceil((item.bit + item.bitLength) / 8);
  if (item.occurs !== null) {
    item.occurs.strideBits = item.bitLength;
    item.occurs.stride = item.bitLength / 8;
  }
  if (start + totalBits(item) > maximumRecordBits) {
    throw new CopybookError({
      code: 'RECORD_TOO_LARGE',
      severity: 'error',
      position: item.position,
      message: `the record is larger than 256 MiB at ${item.name ?? 'FILLER'}`,
    });
  }
  return boundary;
}

function placeChildren(
  group: DraftItem,
  start: number,
  sync: SyncRule,
  warnings: Diagnostic[],
): { end: number; strictest: number } {
  let next = start;
  let strictest = 1;
  let area: DraftItem | null = null;
  for (const child of group.children) {
    if (child.redefines !== null && area !== null) {
      const base = area.offset * 8 + area.bit;
      if (area.bit !== 0 && !child.bitAligned) refuseBytesInsideBits(child, area);
      strictest = Math.max(strictest, place(child, base, sync, warnings));
      warnAboutRedefinition(area, child, sync, warnings);
      area.areaLength = Math.max(area.areaLength, Math.ceil((area.bit + totalBits(child)) / 8));
      next = Math.max(next, base + totalBits(child));
      continue;
    }
    if (!child.bitAligned) next = alignUp(next, 8);
    const boundary = sync === 'ibm' ? leadingBoundary(child, sync) : syncBoundary(child, sync);
    const aligned = boundary > 1 ? alignUp(next, 8 * boundary) : next;
    child.slack = Math.floor((aligned - next) / 8);
    strictest = Math.max(strictest, place(child, aligned, sync, warnings));
    next = aligned + totalBits(child);
    area = child;
    if (child.views.length > 0) child.areaLength = Math.ceil((child.bit + totalBits(child)) / 8);
  }
  return { end: next, strictest };
}

/** The boundary of the elementary item a child starts with, however deep. */
function leadingBoundary(item: DraftItem, sync: SyncRule): number {
  let first = item;
  for (let child = first.children[0]; child !== undefined; child = first.children[0]) first = child;
  return syncBoundary(first, sync);
}

function refuseBytesInsideBits(view: DraftItem, area: DraftItem): never {
  throw new CopybookError({
    code: 'CONFLICTING_CLAUSES',
    severity: 'error',
    position: view.entry?.redefines?.position ?? view.position,
    message: `${view.name ?? 'FILLER'} takes whole bytes, but ${area.name ?? 'FILLER'}, which it redefines, starts at bit ${area.bit} of one`,
    expected: 'an item that starts at a byte, or a redefinition by bit items',
  });
}

function alignUp(value: number, unit: number): number {
  const remainder = value % unit;
  return remainder === 0 ? value : value + unit - remainder;
}

function warnAboutRedefinition(area: DraftItem, view: DraftItem, sync: SyncRule, warnings: Diagnostic[]): void {
  const name = view.name ?? 'FILLER';
  if (totalBits(view) > totalBits(area)) {
    warnings.push({
      code: 'REDEFINES_LARGER',
      severity: 'warning',
      position: view.position,
      message: `${name} is larger than ${area.name ?? 'FILLER'}, which it redefines; what follows starts after the larger one`,
    });
  }
  if (view.offset % syncBoundary(view, sync) !== 0) {
    warnings.push({
      code: 'SYNC_MISALIGNED',
      severity: 'warning',
      position: view.position,
      message: `${name} is SYNCHRONIZED, but what it redefines starts at offset ${view.offset}`,
    });
  }
}
