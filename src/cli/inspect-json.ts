import { toHex } from '../bytes/hex.ts';
import type { Branch, Extent, FieldSpan, Outline, Span, ViewState } from '../codec/explain-span.ts';
import { itemPath } from '../codec/item-path.ts';
import type { Inspected, InspectedFrame } from './inspected.ts';
import { timeText } from './record-members.ts';

/**
 * Show a record's spans to programs: one JSON object. Offsets of a catalog's frame are those of the decompressed frame; `sent` says
 * where a part lies in the frame as it was sent.
 */
export function inspectJson({ place, bytes, explained, frame, recordIssues, issues }: Inspected): string {
  const where = {
    file: place.file,
    record: place.record,
    offset: place.offset,
    length: bytes.length,
    ...(frame === null ? {} : frameJson(frame, bytes)),
  };
  const sentOf = (part: Extent): object => (frame === null ? {} : { sent: sentJson(frame, part) });
  const shown =
    explained === null
      ? { ...where, layout: null, view: null, raw: toHex(bytes), issues }
      : {
          ...where,
          layout: explained.record.name,
          view: explained.view,
          issues,
          recordIssues,
          spans: explained.spans.map((span) => spanJson(span, sentOf)),
          areas: explained.areas.map((area) => areaJson(area, sentOf)),
          missing: explained.missing.map(({ path, offset }) => ({ path, offset })),
        };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

type SentOf = (part: Extent) => object;

function frameJson({ frame, headerLength }: InspectedFrame, bytes: Uint8Array): object {
  const { type, role, key, sequence, time, plain, segments } = frame;
  return {
    type: type?.name ?? null,
    title: type?.title ?? null,
    role,
    key,
    sequence,
    time: timeText(time),
    headerLength,
    compression: segments.length === 0 ? null : (type?.compression?.scheme ?? null),
    bodyLength: Math.max(0, plain.length - headerLength),
    segments,
    ...(frame.explained === null ? { raw: toHex(bytes) } : {}),
  };
}

function sentJson({ sent }: InspectedFrame, { offset, bit, length, bits }: Extent): object | null {
  return sent === null ? { offset, bit, length, bits } : sent.extent({ offset, bit, length, bits });
}

function spanJson(span: Span, sentOf: SentOf): object {
  const { offset, bit, length, bits, path, issues } = span;
  const where = { path, offset, bit, length, bits, ...sentOf(span), hex: toHex(span.bytes) };
  if (span.kind === 'field') return { kind: 'field', ...where, ...fieldJson(span), issues };
  const views = span.views.length === 0 ? {} : { views: span.views.map(({ item }) => itemPath(item, span.subscripts)) };
  return { kind: span.gap, ...where, ...views, issues };
}

function fieldJson({ item, value, digits }: FieldSpan): object {
  // JSON has no bigint; the digits say the same.
  return { picture: item.picture, usage: item.usage, value: typeof value === 'bigint' ? String(value) : value, digits };
}

function areaJson(area: Branch, sentOf: SentOf): object {
  const { path, offset, length } = area;
  return {
    path,
    offset,
    length,
    views: area.views.map((view) => viewJson(view, area.subscripts)),
    overlays: area.overlays.map((overlay) => overlayJson(overlay, sentOf)),
  };
}

function viewJson({ item, state, issues }: ViewState, subscripts: readonly number[]): object {
  return { path: itemPath(item, subscripts), state, issues };
}

function overlayJson(part: Outline, sentOf: SentOf): object {
  return { path: part.path, spans: spansOf(part).map((span) => spanJson(span, sentOf)) };
}

function spansOf(part: Outline): readonly Span[] {
  return part.kind === 'field' || part.kind === 'gap' ? [part] : part.parts.flatMap(spansOf);
}
