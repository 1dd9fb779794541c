import { toHex } from '../bytes/hex.ts';
import type { Branch, FieldSpan, Outline, Span, ViewState } from '../codec/explain-span.ts';
import { itemPath } from '../codec/item-path.ts';
import type { Inspected } from './inspected.ts';

/** Show a record's spans to programs: one JSON object. */
export function inspectJson({ place, bytes, explained, recordIssues, issues }: Inspected): string {
  const where = { file: place.file, record: place.record, offset: place.offset, length: bytes.length };
  const shown =
    explained === null
      ? { ...where, layout: null, view: null, raw: toHex(bytes), issues }
      : {
          ...where,
          layout: explained.record.name,
          view: explained.view,
          issues,
          recordIssues,
          spans: explained.spans.map(spanJson),
          areas: explained.areas.map(areaJson),
          missing: explained.missing.map(({ path, offset }) => ({ path, offset })),
        };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

function spanJson(span: Span): object {
  const { offset, bit, length, bits, path, issues } = span;
  const where = { path, offset, bit, length, bits, hex: toHex(span.bytes) };
  if (span.kind === 'field') return { kind: 'field', ...where, ...fieldJson(span), issues };
  const views = span.views.length === 0 ? {} : { views: span.views.map(({ item }) => itemPath(item, span.subscripts)) };
  return { kind: span.gap, ...where, ...views, issues };
}

function fieldJson({ item, value, digits }: FieldSpan): object {
  // JSON has no bigint; the digits say the same.
  return { picture: item.picture, usage: item.usage, value: typeof value === 'bigint' ? String(value) : value, digits };
}

function areaJson(area: Branch): object {
  const { path, offset, length } = area;
  return {
    path,
    offset,
    length,
    views: area.views.map((view) => viewJson(view, area.subscripts)),
    overlays: area.overlays.map(overlayJson),
  };
}

function viewJson({ item, state, issues }: ViewState, subscripts: readonly number[]): object {
  return { path: itemPath(item, subscripts), state, issues };
}

function overlayJson(part: Outline): object {
  return { path: part.path, spans: spansOf(part).map(spanJson) };
}

function spansOf(part: Outline): readonly Span[] {
  return part.kind === 'field' || part.kind === 'gap' ? [part] : part.parts.flatMap(spansOf);
}
