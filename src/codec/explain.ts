import type { RecordLayout } from '../copybook/layout.ts';
import type { ResolvedOptions } from './codec-options.ts';
import type { Branch, FieldSpan, Outline, Span } from './explain-span.ts';
import { gapSpan, startTiling, type Tiling, tile } from './explain-tiles.ts';
import type { Issue } from './issue.ts';
import type { RecordReading } from './reading.ts';

/**
 * A record taken apart.
 *
 * The spans tile it: in order of their offsets, each starts at the bit where the one before ends, the first at bit 0, the last ends
 * at bit 8 × `length`. None is empty. Where several views of a redefined area are present, the first of them tiles; the others are
 * overlays of their area, beside the tiles.
 */
export interface Explanation {
  readonly record: RecordLayout;
  /** What rules chose, see RecordReading. */
  readonly view: string | null;
  /** Bytes of the record. */
  readonly length: number;
  readonly spans: readonly Span[];
  /** The same spans in the groups, tables and areas they belong to. */
  readonly outline: readonly Outline[];
  /** Redefined areas with the state of each view, those inside of overlays too. */
  readonly areas: readonly Branch[];
  /** Fields behind the end of the record; of a table that lies there wholly, one for all. `length` is 0. */
  readonly missing: readonly FieldSpan[];
  /** All issues that count, in record order. */
  readonly issues: readonly Issue[];
  /** Those of them that are about no span: the length of the record, or what is missing. */
  readonly recordIssues: readonly Issue[];
}

/** Lay the bytes of a record out as spans, by what was read from it. */
export function explainRecord(bytes: Uint8Array, reading: RecordReading, options: ResolvedOptions): Explanation {
  const tiling = startTiling(bytes, reading.issues, options);
  const outline = outlineOf(reading, tiling);
  const spans: Span[] = [];
  const areas: Branch[] = [];
  for (const part of outline) collect(part, spans, areas);
  return {
    record: reading.record,
    view: reading.view,
    length: bytes.length,
    spans,
    outline,
    areas,
    missing: tiling.missing,
    issues: reading.issues,
    recordIssues: reading.issues.filter((issue) => !tiling.placed.has(issue)),
  };
}

function outlineOf(reading: RecordReading, tiling: Tiling): readonly Outline[] {
  const { root } = reading.record;
  const { endBits } = tiling;
  if (reading.issues.some((issue) => issue.code === 'NO_RECORD')) {
    return gapSpan(tiling, 'no-record', 0, endBits, root, []);
  }
  const tiled = tile(reading.root, tiling);
  const described = Math.min(8 * reading.length, endBits);
  const wholeByte = Math.min(8 * Math.ceil(tiled.stop / 8), described);
  return [
    ...(tiled.part === null ? [] : [tiled.part]),
    ...gapSpan(tiling, 'pad-bits', tiled.stop, wholeByte, root, []),
    ...gapSpan(tiling, 'padding', Math.max(tiled.stop, wholeByte), described, root, []),
    ...gapSpan(tiling, 'surplus', Math.max(tiled.stop, described), endBits, root, []),
  ];
}

function collect(part: Outline, spans: Span[] | null, areas: Branch[]): void {
  if (part.kind === 'field' || part.kind === 'gap') {
    spans?.push(part);
    return;
  }
  if (part.kind === 'area') areas.push(part);
  for (const inner of part.parts) collect(inner, spans, areas);
  for (const overlay of part.overlays) collect(overlay, null, areas);
}
