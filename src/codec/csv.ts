import type { LayoutItem } from '../copybook/layout.ts';
import { OverpunchError } from '../errors.ts';
import type { FieldReading, Reading } from './reading.ts';
import type { RecordShape } from './shape.ts';

const maximumColumns = 16_384; // what spreadsheets take

/** The columns of one table: for each elementary value that a record may have, its name. */
export interface CsvTable {
  readonly columns: readonly string[];
  /** A line of cells in column order, without line end. Values that are absent or null are empty. */
  readonly row: (reading: { readonly root: Reading; readonly record: { readonly root: LayoutItem } }) => string;
}

/** How a table is written. */
export interface CsvOptions {
  /** Keep spreadsheets from running text as formulas: put `'` before text that starts with `= + - @` TAB or CR. */
  readonly safe?: boolean;
  /** Only columns that records of this view have: names of views that rules chose, as in RecordReading.view. */
  readonly view?: string | null;
}

/**
 * Lay out records as CSV: columns `A(1).B(2).C` at maximum OCCURS, of all records given; columns with one name are one.
 *
 * Throws USAGE, which names `--split`, for more than 16,384 columns.
 */
export function csvTable(shapes: readonly RecordShape[], options: CsvOptions = {}): CsvTable {
  const columns: string[] = [];
  const byName = new Map<string, number>();
  const places = new Map<LayoutItem, Placement>();
  const chosen = options.view == null ? null : new Set(options.view.split('/'));
  for (const shape of shapes) {
    const placement: Placement = { shape, cells: new Map() };
    places.set(shape.record.root, placement);
    const { root } = shape.record;
    const add = (item: LayoutItem, name: string, subscripts: readonly number[]): void => {
      const column = byName.get(name) ?? columns.length;
      if (column === columns.length) {
        if (columns.length === maximumColumns) throw tooManyColumns();
        columns.push(name);
        byName.set(name, column);
      }
      placement.cells.set(cellKey(item, subscripts), column);
    };
    if (shape.rootIsObject) addGroup(root, '', [], shape, chosen, add);
    else addItem(root, '', [], shape, chosen, add);
  }
  const row: CsvTable['row'] = ({ root, record }) => {
    const cells = new Array<string>(columns.length).fill('');
    const placement = places.get(record.root);
    if (placement !== undefined) fill(root, placement, options.safe === true, cells);
    return cells.join(',');
  };
  return { columns, row };
}

/** The header line, without line end. */
export function csvHeader(table: CsvTable): string {
  return table.columns.map((name) => csvCell(name)).join(',');
}

/** Quote a cell as RFC 4180 wants it. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Make text harmless for spreadsheets. Not reversible. */
export function csvSafeText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

interface Placement {
  readonly shape: RecordShape;
  readonly cells: Map<string, number>;
}

type Add = (item: LayoutItem, name: string, subscripts: readonly number[]) => void;

function cellKey(item: LayoutItem, subscripts: readonly number[]): string {
  return subscripts.length === 0 ? String(item.index) : `${item.index}:${subscripts.join(':')}`;
}

function addGroup(
  group: LayoutItem,
  prefix: string,
  subscripts: readonly number[],
  shape: RecordShape,
  chosen: ReadonlySet<string> | null,
  add: Add,
): void {
  for (const child of group.children) {
    if (chosen !== null && isOtherView(child, chosen)) continue;
    const role = shape.roles[child.index];
    if (role === 'hoist') addGroup(child, prefix, subscripts, shape, chosen, add);
    else if (role === 'member') addItem(child, prefix, subscripts, shape, chosen, add);
  }
}

function addItem(
  item: LayoutItem,
  prefix: string,
  subscripts: readonly number[],
  shape: RecordShape,
  chosen: ReadonlySet<string> | null,
  add: Add,
): void {
  const name = prefix + (shape.names[item.index] ?? '');
  const one = (own: string, at: readonly number[]): void => {
    if (item.type !== null) add(item, own, at);
    else addGroup(item, `${own}.`, at, shape, chosen, add);
  };
  if (item.occurs === null) {
    one(name, subscripts);
    return;
  }
  // An entry without columns of its own would make this a long way for nothing.
  if (!hasColumns(item, shape, chosen)) return;
  for (let index = 1; index <= item.occurs.maximum; index++) one(`${name}(${index})`, [...subscripts, index]);
}

function hasColumns(item: LayoutItem, shape: RecordShape, chosen: ReadonlySet<string> | null): boolean {
  if (shape.roles[item.index] === 'drop' || (chosen !== null && isOtherView(item, chosen))) return false;
  return item.type !== null || item.children.some((child) => hasColumns(child, shape, chosen));
}

/** Whether rules chose another view of the area this item is a view of. */
function isOtherView(item: LayoutItem, chosen: ReadonlySet<string>): boolean {
  let first = item;
  while (first.redefines !== null) first = first.redefines;
  const isChosen = (view: LayoutItem): boolean => view.name !== null && chosen.has(view.name);
  return first.views.some(isChosen) && !isChosen(item);
}

function tooManyColumns(): OverpunchError {
  return new OverpunchError('USAGE', `the records have more than ${maximumColumns} columns: --split them`, {
    hint: '--split writes one file per view or record type; or choose fields with --select',
  });
}

function fill(reading: Reading, placement: Placement, safe: boolean, cells: string[]): void {
  if (reading.kind === 'field') {
    const column = placement.cells.get(cellKey(reading.item, reading.subscripts));
    if (column !== undefined) cells[column] = cellText(reading, safe);
    return;
  }
  const below = reading.kind === 'group' ? reading.children : reading.entries;
  for (const child of below) fill(child, placement, safe, cells);
}

function cellText({ value, digits }: FieldReading, safe: boolean): string {
  if (value === null) return '';
  if (typeof value !== 'string') return digits ?? String(value);
  // Decimal strings are numbers: a minus in front of them is no formula.
  return csvCell(safe && digits === null ? csvSafeText(value) : value);
}
