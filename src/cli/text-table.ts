import { printable } from '../bytes/printable.ts';

/** Align rows below a heading, columns apart by two blanks; those in `right` end at the same column. A row may be a remark: one text. */
export function textTable(
  heading: readonly string[],
  rows: readonly (readonly string[] | string)[],
  right: ReadonlySet<number> = new Set(),
): string {
  const shown = [heading, ...rows].map((row) => (typeof row === 'string' ? printable(row) : row.map(printable)));
  // No call takes as many arguments as there may be rows.
  const widths = heading.map((_, column) =>
    shown.reduce((most, row) => (typeof row === 'string' ? most : Math.max(most, row[column]?.length ?? 0)), 0),
  );
  const align = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return right.has(column) ? cell.padStart(width) : cell.padEnd(width);
  };
  return shown.map((row) => `${(typeof row === 'string' ? row : row.map(align).join('  ')).trimEnd()}\n`).join('');
}
