import { printable } from '../bytes/printable.ts';
import type { Branch, Extent, FieldSpan, GapSpan, Outline, Span, ViewState } from '../codec/explain-span.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { FrameExplanation } from '../frames/catalog/frame-reading.ts';
import { readBitmap } from '../frames/compression/bitmap.ts';
import { hexCell } from './hex-cell.ts';
import type { Inspected, InspectedFrame } from './inspected.ts';
import { issueLines } from './issue-lines.ts';
import type { Paint, Screen } from './screen.ts';
import { bytesAsText } from './shown-bytes.ts';
import { wrapText } from './wrap-text.ts';

const longestText = 400; // characters of a value or gap that are shown without --full
const shownNames = 12;
const enoughValue = 20; // columns that values have before bytes are given fewer
const shownIssues = 3; // of a view that is absent: enough to see why

/** Show the bytes of a record beside its fields, from the first byte to the last. */
export function* inspectTree(inspected: Inspected, screen: Screen): Generator<string> {
  const { explained, bytes, frame } = inspected;
  const table = new Table(inspected, screen);
  if (explained === null) {
    yield* table.row(rangeOf(bytesAt(0, bytes.length)), bytes, '', '', table.characters(bytes), screen.dim);
    return;
  }
  yield* table.heading();
  const parts = topParts(explained.outline);
  if (frame === null) for (const part of parts) yield* table.part(part, 0);
  else yield* table.frame(frame, bytes, parts);
  const names = explained.missing.map(({ path }) => path);
  if (names.length > 0) {
    const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : '';
    const what = inspected.filled ? 'behind the end of the line, read as blanks' : 'behind the end of the record';
    const text = printable(`${what}: ${names.slice(0, shownNames).join(', ')}${more}`);
    for (const line of wrapText(text, screen.width)) yield screen.dim(line);
  }
}

class Table {
  readonly #screen: Screen;
  readonly #full: boolean;
  readonly #bytesPerLine: number;
  readonly #widths: readonly [range: number, hex: number, name: number, type: number, value: number];
  readonly characters: (bytes: Uint8Array) => string;
  /** Where something lies in the file, also when it was decompressed. */
  readonly #rangeOf: (extent: Extent) => string;

  constructor({ bytes, explained, codepage, frame, full }: Inspected, screen: Screen) {
    this.#screen = screen;
    this.#full = full;
    this.characters = bytesAsText(codepage);
    const sent = frame?.sent ?? null;
    this.#rangeOf = (extent) => {
      const there = sent === null ? extent : sent.extent(extent);
      return there === null ? notSent : rangeOf(there);
    };
    const seen = { range: 5, name: 5, type: 7 };
    if (frame !== null) {
      seen.range = Math.max(seen.range, rangeOf(bytesAt(frame.headerLength, bytes.length)).length);
      seen.name = Math.max(seen.name, printable(frame.headerName).length);
    }
    const depth = frame === null ? 0 : 1;
    for (const part of topParts(explained?.outline ?? [])) measure(part, depth, this.#rangeOf, seen);
    const name = Math.min(seen.name, Math.floor(screen.width * (screen.width >= 80 ? 0.32 : 0.26)));
    const type = Math.min(seen.type, Math.floor(screen.width * 0.2));
    const room = screen.width - seen.range - name - type - 8; // of the bytes and the value
    const roomy = screen.width >= 140 ? 16 : screen.width >= 80 ? 8 : 4;
    this.#bytesPerLine = room - hexWidth(roomy) < enoughValue ? 4 : roomy;
    const hex = hexWidth(this.#bytesPerLine);
    const value = Math.max(4, room - hex);
    this.#widths = [seen.range, hex, name, type, value];
  }

  *heading(): Generator<string> {
    const cells = [['BYTES'], ['HEX'], ['FIELD'], ['PICTURE'], ['VALUE']];
    yield* this.#cells(cells, this.#screen.dim, this.#screen.dim);
  }

  *part(part: Outline, depth: number): Generator<string> {
    if (part.kind === 'field') yield* this.#field(part, depth);
    else if (part.kind === 'gap') yield* this.#gap(part, depth);
    else if (part.kind === 'area') yield* this.#area(part, depth);
    else yield* this.#branch(part, depth);
  }

  /** A frame: its header, then its body and what it was decompressed from. */
  *frame(
    { frame, headerName, headerLength }: InspectedFrame,
    bytes: Uint8Array,
    parts: readonly Outline[],
  ): Generator<string> {
    const none = new Uint8Array(0);
    yield* this.row(rangeOf(bytesAt(0, Math.min(headerLength, bytes.length))), none, printable(headerName), '', '');
    for (const part of parts.filter(({ offset }) => offset < headerLength)) yield* this.part(part, 1);
    const body = bytes.subarray(headerLength);
    if (body.length === 0 && frame.plain.length <= headerLength) return;
    const range = body.length === 0 ? notSent : rangeOf(bytesAt(headerLength, bytes.length));
    if (frame.explained === null) {
      yield* this.row(range, body, 'body', '', `(not decoded) ${this.characters(body)}`, this.#screen.dim);
      return;
    }
    yield* this.row(range, none, 'body', '', printable(bodyText(frame, body.length, headerLength)));
    if (frame.type?.compression?.scheme === 'bitmap' && frame.segments.length > 0) {
      const { fields, length } = readBitmap(body);
      const text = `presence bitmap: ${fields.join(', ')}`;
      yield* this.row(rangeOf(bytesAt(headerLength, headerLength + length)), body.subarray(0, length), '', '', text);
    }
    for (const part of parts.filter(({ offset }) => offset >= headerLength)) yield* this.part(part, 1);
  }

  *row(range: string, bytes: Uint8Array, name: string, type: string, value: string, paint?: Paint): Generator<string> {
    const hex = hexCell(bytes, this.#bytesPerLine, this.#full);
    const [, , nameWidth, typeWidth, valueWidth] = this.#widths;
    const indent = (/^ */.exec(name)?.[0] ?? '').slice(0, Math.floor(nameWidth / 2));
    const names = wrapText(name.trimStart(), nameWidth - indent.length);
    const text =
      this.#full || value.length <= longestText
        ? value
        : `${value.slice(0, longestText)}… ${value.length - longestText} more`;
    const cells = [
      [range],
      hex,
      names.map((line) => indent + line),
      wrapText(type, typeWidth),
      wrapText(text, valueWidth),
    ];
    yield* this.#cells(cells, paint ?? ((line) => line), paint ?? this.#screen.bold);
  }

  *#cells(cells: readonly (readonly string[])[], paint: Paint, paintName: Paint): Generator<string> {
    const height = Math.max(...cells.map((lines) => lines.length));
    for (let line = 0; line < height; line++) {
      const parts = cells.map((lines, column) => {
        const text = (lines[line] ?? '').padEnd(column === 4 ? 0 : (this.#widths[column] ?? 0));
        const colour = column === 2 ? paintName : column === 1 ? this.#screen.dim : paint;
        return text.trim() === '' ? text : colour(text);
      });
      yield parts.join('  ');
    }
  }

  *#field(span: FieldSpan, depth: number): Generator<string> {
    const { item, value, digits, issues, bytes } = span;
    const bad = issues.some(({ severity }) => severity === 'error');
    const shown =
      typeof value === 'string' && value !== digits // a number in hexadecimal or bits has both
        ? `"${printable(value)}"`
        : String(value === null ? value : (digits ?? value));
    const name = nameAt(item, span.subscripts, depth);
    const paint = bad ? this.#screen.red : undefined;
    yield* this.row(this.#rangeOf(span), bytes, name, typeText(item), shown, paint);
    yield* this.#issues(issues, depth);
  }

  *#gap(span: GapSpan, depth: number): Generator<string> {
    const { gap, item, bytes, issues, views } = span;
    const uniform = bytes.every((byte) => byte === bytes[0]);
    const reach = views.length === 0 ? '' : ` of ${views.map((view) => nameOf(view.item)).join(', ')}`;
    const text = gap === 'pad-bits' || gap === 'slack' || uniform ? '' : ` ${this.characters(bytes)}`;
    const name = gap === 'filler' ? nameAt(item, span.subscripts, depth) : ' '.repeat(2 * depth);
    const type = gap === 'filler' ? typeText(item) : '';
    yield* this.row(
      this.#rangeOf(span),
      bytes,
      name,
      type,
      printable(`(${gapWords[gap]}${reach})`) + text,
      this.#screen.dim,
    );
    yield* this.#issues(issues, depth);
  }

  *#branch(part: Branch, depth: number): Generator<string> {
    const { item, subscripts, parts, kind } = part;
    const own = kind === 'table' ? '' : (subscriptOf(item, subscripts) ?? '');
    const name = `${' '.repeat(2 * depth)}${printable(nameOf(item))}${own}`;
    const value = kind === 'table' ? tableText(part) : '';
    yield* this.row(
      part.bits === 0 ? '' : this.#rangeOf(part),
      new Uint8Array(0),
      name,
      kind === 'table' ? occursText(item) : '',
      value,
    );
    for (const inner of parts) yield* this.part(inner, depth + 1);
  }

  *#area(area: Branch, depth: number): Generator<string> {
    for (const part of area.parts) yield* this.part(part, depth);
    const chosen = area.views.find(({ state }) => state === 'present');
    for (const overlay of area.overlays) {
      yield* this.#remark(`${nameOf(overlay.item)}: these bytes again, as another view`, depth);
      yield* this.part(overlay, depth + 1);
    }
    for (const state of ['rule', 'not-first'] as const) {
      const views = area.views.filter((view) => view.state === state);
      if (views.length > 0) yield* this.#remark(absentText(state, views, chosen), depth);
    }
    for (const { item, issues } of area.views.filter(({ state }) => state === 'unreadable')) {
      yield* this.#remark(`${nameOf(item)}: absent, it cannot be read`, depth);
      for (const issue of issues.filter(({ severity }) => severity === 'error').slice(0, shownIssues)) {
        const text = printable(`${issue.path}: ${issue.code}: ${issue.expected}`);
        yield* this.#remark(text, depth + 1);
      }
    }
  }

  *#remark(text: string, depth: number): Generator<string> {
    const indent = this.#indent(depth);
    for (const line of wrapText(printable(text), Math.max(20, this.#screen.width - indent))) {
      yield this.#screen.dim(`${' '.repeat(indent)}${line}`);
    }
  }

  *#issues(issues: Span['issues'], depth: number): Generator<string> {
    for (const issue of issues) yield* issueLines(issue, this.#indent(depth), this.#screen);
  }

  /** Where remarks about a field start: below its name. */
  #indent(depth: number): number {
    const [range, hex] = this.#widths;
    return range + hex + 4 + Math.min(2 * depth, 12);
  }
}

const gapWords: Readonly<Record<GapSpan['gap'], string>> = {
  filler: 'filler',
  slack: 'slack of SYNCHRONIZED',
  'pad-bits': 'pad bits',
  'unused-slot': 'unused slots',
  'absent-view': 'only in absent views',
  overlay: 'only in the view below',
  padding: 'padding to the longest record',
  surplus: 'surplus: behind the end of the layout',
  'no-record': 'no record rule fits',
};

function absentText(state: 'rule' | 'not-first', views: readonly ViewState[], chosen: ViewState | undefined): string {
  const names = views.map(({ item }) => nameOf(item)).join(', ');
  const by = chosen === undefined ? 'no rule fits' : `a rule chose ${nameOf(chosen.item)}`;
  return `${names}: absent, ${state === 'rule' ? by : 'an earlier view reads well (--views first)'}`;
}

const notSent = '-'; // decompressed from nothing: cut off, or absent by a bitmap

function bodyText(
  { type, explained, segments, plain }: FrameExplanation,
  length: number,
  headerLength: number,
): string {
  const record = explained?.record.name ?? '';
  const scheme = type?.compression?.scheme;
  if (segments.length === 0 || scheme === undefined) return record;
  return `${record}, ${scheme}: ${plain.length - headerLength} bytes from ${length}`;
}

function hexWidth(bytesPerLine: number): number {
  return hexCell(new Uint8Array(bytesPerLine), bytesPerLine, true)[0]?.length ?? 0;
}

function bytesAt(start: number, end: number): Extent {
  return { offset: start, bit: 0, length: end - start, bits: 8 * (end - start) };
}

/** The record itself is no level. */
function topParts(outline: readonly Outline[]): readonly Outline[] {
  return outline.flatMap((part) =>
    part.kind === 'group' && part.item.parent === null && part.item.occurs === null ? part.parts : part,
  );
}

/** Find how much room ranges, names and pictures need. */
function measure(
  part: Outline,
  depth: number,
  range: (extent: Extent) => string,
  seen: { range: number; name: number; type: number },
): void {
  seen.range = Math.max(seen.range, range(part).length);
  const isArea = part.kind === 'area';
  if (part.kind !== 'gap' || part.gap === 'filler') {
    seen.name = Math.max(seen.name, nameAt(part.item, part.subscripts, depth).length);
    const type = part.kind === 'table' ? occursText(part.item) : typeText(part.item);
    seen.type = Math.max(seen.type, type.length);
  }
  if (part.kind === 'field' || part.kind === 'gap') return;
  for (const inner of part.parts) measure(inner, isArea ? depth : depth + 1, range, seen);
  for (const overlay of part.overlays) measure(overlay, depth + 1, range, seen);
}

function nameOf(item: LayoutItem): string {
  return item.name ?? 'FILLER';
}

function nameAt(item: LayoutItem, subscripts: readonly number[], depth: number): string {
  return `${' '.repeat(2 * depth)}${printable(nameOf(item))}${subscriptOf(item, subscripts) ?? ''}`;
}

/** The subscript of an entry; the tables around it have shown theirs. */
function subscriptOf(item: LayoutItem, subscripts: readonly number[]): string | null {
  return item.occurs === null || subscripts.length === 0 ? null : `(${subscripts.at(-1)})`;
}

function typeText({ picture, usage, type }: LayoutItem): string {
  if (type === null) return '';
  return printable([picture ?? '', usage === 'DISPLAY' || usage === null ? '' : usage].join(' ').trim());
}

function occursText({ occurs }: LayoutItem): string {
  if (occurs === null) return '';
  const { minimum, maximum, counterName } = occurs;
  return counterName === null ? `OCCURS ${maximum}` : `OCCURS ${minimum}-${maximum}`;
}

function tableText({ item, parts }: Branch): string {
  const count = parts.filter(({ kind }) => kind !== 'gap').length;
  const counter = item.occurs?.counterName ?? null;
  return printable(`${count} ${count === 1 ? 'entry' : 'entries'}${counter === null ? '' : ` by ${counter}`}`);
}

/** First and last byte, from 0; with bits (0 = the highest) where it does not start and end at a byte. */
function rangeOf({ offset, bit, bits }: Extent): string {
  const last = 8 * offset + bit + bits - 1;
  if (bit === 0 && bits % 8 === 0) return bits === 8 ? String(offset) : `${offset}-${Math.floor(last / 8)}`;
  const from = `${offset}.${bit}`;
  if (bits === 1) return from;
  return Math.floor(last / 8) === offset ? `${from}-${last % 8}` : `${from}-${Math.floor(last / 8)}.${last % 8}`;
}
