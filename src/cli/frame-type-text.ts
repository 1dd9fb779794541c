import { printable } from '../bytes/printable.ts';
import type { Catalog, EventMapping, FrameType } from '../frames/catalog/catalog.ts';
import { compressionText } from './compression-text.ts';
import { layoutJson } from './layout-json.ts';
import { plainLayoutTable } from './layout-table.ts';

/** Show a type of frame to people: what the catalog says of it, then where everything in its frames lies. */
export function frameTypeText(type: FrameType, catalog: Catalog): string {
  const { name, title, role, pairsWith, copybook, position, compression, events } = type;
  const { header } = catalog;
  const { layout, options } = type.codec();
  const told: (readonly [string, string])[] = [
    ['role', pairsWith === null ? role : `${role}, pairs with ${pairsWith}`],
    ['when', whenTexts(type, catalog).join(', ')],
    ['copybook', copybook],
    ['described', `${position.file}:${position.line}:${position.column}`],
    ['compression', compressionText(compression, header) || 'none'],
    ...(options.record === null ? [] : [['record', options.record] as const]),
    ...options.recordWhen.map((rule) => ['record when', rule] as const),
    ...options.view.map((rule) => ['view', rule] as const),
    ...options.field.map((setting) => ['field', setting] as const),
    ...events.map((event) => ['event', eventText(event)] as const),
  ];
  const width = Math.max(...told.map(([word]) => word.length)) + 2;
  const lines = [title === name ? name : `${name}: ${title}`];
  lines.push(...told.map(([word, text]) => `  ${word.padEnd(width)}${text}`));
  lines.push(
    '',
    `Offsets count from the start of the frame, decompressed; the header takes the first ${header.length} bytes.`,
  );
  return `${lines.map(printable).join('\n')}\n\n${plainLayoutTable(layout)}`;
}

/** The same as plain JSON. */
export function frameTypeJson(type: FrameType, catalog: Catalog): object {
  const { name, title, role, pairsWith, copybook, position, compression, events, when } = type;
  const { header } = catalog;
  const { layout, options } = type.codec();
  return {
    name,
    title,
    role,
    pairsWith,
    when: Object.fromEntries(header.discriminators.map((item, index) => [item.name ?? '', when[index] ?? []])),
    copybook,
    position,
    compression:
      compression === null ? null : { scheme: compression.scheme, ...compression.options, flag: compression.flag },
    record: options.record,
    recordWhen: options.recordWhen,
    views: options.view,
    fields: options.field,
    events,
    headerLength: header.length,
    layout: layoutJson(layout),
  };
}

function whenTexts({ when }: FrameType, { header }: Catalog): readonly string[] {
  return header.discriminators.flatMap((item, index) => {
    const values = when[index] ?? [];
    return values.length === 0 ? [] : `${item.name ?? 'FILLER'} = ${values.join(' or ')}`;
  });
}

function eventText({ event, fields, when }: EventMapping): string {
  const members = Object.entries(fields).map(([member, field]) => `${member} = ${field}`);
  return `${event}${when.length === 0 ? '' : ` when ${when.join(' and ')}`}: ${members.join(', ')}`;
}
