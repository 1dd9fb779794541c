import { printable } from '../bytes/printable.ts';
import type { Layout, LayoutItem, Occurs, RecordLayout } from '../copybook/layout.ts';
import type { Condition, Literal } from '../copybook/syntax.ts';
import { dfsortField } from './dfsort-field.ts';
import { recordFormat } from './record-format.ts';
import { textTable } from './text-table.ts';

const heading = ['LEVEL NAME', 'OFFSET', 'LENGTH', 'PICTURE', 'USAGE', 'OCCURS', 'REDEFINES'] as const;
const rightAligned = new Set([1, 2]);

/** Show a layout to people: a table per record, its lengths, and the DCB attributes that suit it. */
export function layoutTable(layout: Layout): string {
  return layout.records.map((record) => recordTable(record, layout, true)).join('\n');
}

/** The same without what is about files of such records. */
export function plainLayoutTable(layout: Layout): string {
  return layout.records.map((record) => recordTable(record, layout, false)).join('\n');
}

function recordTable(record: RecordLayout, layout: Layout, ofFile: boolean): string {
  const { recfm, lrecl, shift } = recordFormat(record);
  const counted = record.items.filter(({ occurs }) => occurs?.counterName != null);
  const slides = (item: LayoutItem): boolean => layout.dialect.odo !== 'maximum' && slidesBehind(item, counted);
  let anySlides = false;
  const rows: (readonly string[] | string)[] = [];
  for (const item of record.items) {
    if (item.level === 0) continue; // a fragment's root stands for nothing in the source
    const moving = slides(item);
    anySlides ||= moving;
    rows.push([
      `${indent(item)}${level(item.level)} ${item.name ?? 'FILLER'}`,
      `${item.offset}${item.bit === 0 ? '' : `.${item.bit}`}${moving ? '*' : ''}`,
      item.bitLength === item.length * 8 ? String(item.length) : bitsText(item.bitLength),
      item.picture ?? '',
      item.usage ?? '',
      item.occurs === null ? '' : occursText(item.occurs),
      item.redefines === null ? '' : (item.redefines.name ?? 'FILLER'),
      ...(ofFile ? [dfsortField(item, layout.dialect, shift) ?? ''] : []),
    ]);
    for (const condition of item.conditions)
      rows.push(`${indent(item)}   88 ${condition.name} ${conditionText(condition)}`);
  }
  for (const { name, from, through, offset, length } of record.renames) {
    const span = from === through ? from.path : `${from.name ?? 'FILLER'} THRU ${through.name ?? 'FILLER'}`;
    const field = ofFile ? [`(${offset + 1 + shift},${length},CH)`] : [];
    rows.push([`66 ${name}`, String(offset), String(length), '', '', '', span, ...field]);
  }
  const { minimumLength, maximumLength } = record;
  const lengths =
    minimumLength === maximumLength ? `${maximumLength} bytes` : `${minimumLength}-${maximumLength} bytes`;
  const lines = [`${record.name}: ${lengths}${ofFile ? `, RECFM=${recfm},LRECL=${lrecl}` : ''}`];
  if (ofFile && shift > 0) lines.push(`DFSORT positions count the ${shift} bytes of the RDW.`);
  if (anySlides) lines.push('* with every table before it at its maximum; it slides with the counts.');
  return `${lines.map(printable).join('\n')}\n\n${textTable(ofFile ? [...heading, 'DFSORT'] : heading, rows, rightAligned)}`;
}

/** Whether an item stands behind one of the tables that depend on a counter, and moves with it. */
function slidesBehind(item: LayoutItem, counted: readonly LayoutItem[]): boolean {
  return counted.some((table) => table.index < item.index && !isWithin(item, table) && !sameArea(item, table));
}

/** Whether both lie in one redefined area, in different views of it: then neither moves the other. */
function sameArea(item: LayoutItem, other: LayoutItem): boolean {
  for (let group: LayoutItem | null = item; group !== null; group = group.parent) {
    const target: LayoutItem = group.redefines ?? group;
    if (target.views.length > 0 && target.views.some((view) => view !== group && isWithin(other, view))) return true;
  }
  return false;
}

function isWithin(item: LayoutItem, group: LayoutItem): boolean {
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) if (at === group) return true;
  return false;
}

function indent(item: LayoutItem): string {
  let depth = 0;
  for (let group = item.parent; group !== null && group.level > 0; group = group.parent) depth += 1;
  return '  '.repeat(depth);
}

function level(number: number): string {
  return String(number).padStart(2, '0');
}

function bitsText(bits: number): string {
  return bits === 1 ? '1 bit' : `${bits} bits`;
}

function occursText({ minimum, maximum, counterName }: Occurs): string {
  return counterName === null ? String(maximum) : `${minimum}-${maximum} ${counterName}`;
}

function conditionText(condition: Condition): string {
  return condition.values
    .map(({ from, through }) => literal(from) + (through === null ? '' : ` THRU ${literal(through)}`))
    .join(', ');
}

/** Show a literal as a copybook writes it. */
export function literal(value: Literal): string {
  switch (value.kind) {
    case 'number':
      return value.text;
    case 'figurative':
      return value.word;
    case 'string':
      return `'${value.text}'`;
    case 'all':
      return `ALL '${value.text}'`;
  }
}
