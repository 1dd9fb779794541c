import type { Figure } from './benchmark.ts';

/** Write figures as a table for people. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.name, shown(figure.value), figure.unit, verdict(figure)]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([name = '', value = '', unit = '', note = '']) =>
      `${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)} ${unit.padEnd(widths[2] ?? 0)}  ${note}`.trimEnd(),
    )
    .join('\n');
}

function shown(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** Whether a figure is where it should be: rates are better when they are greater, times when they are smaller. */
function verdict({ unit, value, floor, goal, rising = unit.endsWith('/s') }: Figure): string {
  if (floor === undefined) return '';
  const better = (limit: number): boolean => (rising ? value >= limit : value <= limit);
  const limits = `floor ${floor.toLocaleString('en')}${goal === undefined ? '' : `, goal ${goal.toLocaleString('en')}`}`;
  const met = goal !== undefined && better(goal) ? 'goal met' : better(floor) ? 'floor met' : 'BELOW THE FLOOR';
  return `${met} (${limits})`;
}
