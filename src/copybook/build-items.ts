import { CopybookError } from './copybook-error.ts';
import type { Dialect } from './dialect.ts';
import type { DraftItem } from './draft-item.ts';
import { fieldType } from './field-type.ts';
import type { FieldType } from './layout.ts';
import type { PictureOptions } from './parse-picture.ts';
import { refuseEntry } from './refuse-entry.ts';
import type { DataEntry, RecordEntry, SignClause, Usage } from './syntax.ts';

/** What a group hands down to the items in it. */
interface Inherited {
  readonly usage: Usage | null;
  readonly sign: SignClause | null;
  readonly synchronized: boolean;
  /** The group, or one around it, has GROUP-USAGE BIT. */
  readonly bitGroup: boolean;
}

const nothingInherited: Inherited = { usage: null, sign: null, synchronized: false, bitGroup: false };

/** First pass: make an item of every entry, with usage, sign and alignment inherited from its groups, and its own size. */
export function buildItems(record: RecordEntry, dialect: Dialect, options: PictureOptions): DraftItem[] {
  const items: DraftItem[] = [];
  const build = (entry: DataEntry, parent: DraftItem | null, inherited: Inherited): DraftItem => {
    checkClauses(entry);
    const clauses = inherit(entry, inherited);
    const item = draft(entry, parent, items.length);
    items.push(item);
    if (entry.children.length > 0) {
      checkGroup(entry);
      item.usage = entry.usage;
      item.bitAligned = clauses.bitGroup;
      for (const child of entry.children) item.children.push(build(child, item, clauses));
      return item;
    }
    const sized = fieldType(
      entry,
      { usage: clauses.usage, sign: entry.sign, groupSign: inherited.sign },
      dialect,
      options,
    );
    checkElementary(entry, sized.type);
    item.type = sized.type;
    item.usage = sized.usage;
    item.bitLength = sized.bits;
    item.bitAligned = sized.type.kind === 'bits';
    item.synchronized = clauses.synchronized;
    return item;
  };
  if (!record.fragment) {
    for (const entry of record.entries) build(entry, null, nothingInherited);
    return items;
  }
  const root = fragmentRoot(record);
  items.push(root);
  for (const entry of record.entries) root.children.push(build(entry, root, nothingInherited));
  return items;
}

function draft(entry: DataEntry, parent: DraftItem | null, index: number): DraftItem {
  const own = entry.name ?? 'FILLER';
  const { occurs } = entry;
  return {
    index,
    level: entry.level,
    name: entry.name,
    path: parent === null || parent.path === '' ? own : `${parent.path}.${own}`,
    parent,
    children: [],
    type: null,
    offset: 0,
    bit: 0,
    length: 0,
    bitLength: 0,
    bitAligned: false,
    slack: 0,
    trailingSlack: 0,
    occurs:
      occurs === null
        ? null
        : {
            minimum: occurs.minimum,
            maximum: occurs.maximum,
            counter: null,
            counterName: occurs.dependingOn?.join(' OF ') ?? null,
            stride: 0,
            strideBits: 0,
          },
    redefines: null,
    views: [],
    areaLength: 0,
    picture: entry.picture?.text ?? null,
    usage: null,
    synchronized: false,
    value: entry.value,
    conditions: entry.conditions,
    position: entry.position,
    entry,
  };
}

function fragmentRoot(record: RecordEntry): DraftItem {
  const first = record.entries[0];
  if (first === undefined) throw new RangeError('a fragment has at least one entry');
  const root = draft(
    { ...first, level: 0, name: null, occurs: null, picture: null, value: null, conditions: [] },
    null,
    0,
  );
  return { ...root, path: '', entry: null };
}

function inherit(entry: DataEntry, inherited: Inherited): Inherited {
  if (entry.usage !== null && inherited.usage !== null && entry.usage !== inherited.usage) {
    refuseEntry(
      entry,
      'USAGE_CONFLICT',
      `is ${entry.usage}, but its group is ${inherited.usage}`,
      `${inherited.usage}, or no USAGE on the group`,
    );
  }
  return {
    usage: entry.usage ?? entry.groupUsage ?? inherited.usage,
    sign: entry.sign ?? inherited.sign,
    synchronized: entry.synchronized || inherited.synchronized,
    bitGroup: entry.groupUsage === 'BIT' || inherited.bitGroup,
  };
}

function checkClauses(entry: DataEntry): void {
  if ((entry.level === 1 || entry.level === 77) && entry.occurs !== null) {
    refuseEntry(
      entry,
      'OCCURS_LEVEL',
      `is a level ${twoDigits(entry.level)} item and cannot be a table`,
      'OCCURS at level 02 to 49',
    );
  }
  if (entry.level === 77 && entry.name === null)
    refuseEntry(entry, 'MISSING_NAME', 'of level 77 has no name', 'a name');
}

function checkGroup(entry: DataEntry): void {
  if (entry.picture !== null) {
    throw new CopybookError({
      code: 'UNEXPECTED_PICTURE',
      severity: 'error',
      position: entry.picture.position,
      message: `${entry.name ?? 'FILLER'} has a PICTURE, but items stand below it`,
      expected: 'no PICTURE on a group',
      hint: 'check the level numbers of the entries that follow',
    });
  }
  if (entry.justified)
    refuseEntry(entry, 'CONFLICTING_CLAUSES', 'is a group and JUSTIFIED', 'JUSTIFIED on an elementary item');
  if (entry.blankWhenZero)
    refuseEntry(
      entry,
      'CONFLICTING_CLAUSES',
      'is a group and BLANK WHEN ZERO',
      'BLANK WHEN ZERO on an elementary item',
    );
}

function checkElementary(entry: DataEntry, type: FieldType): void {
  const { kind } = type;
  const edited = kind === 'edited' && type.numeric;
  if (entry.sign !== null && kind !== 'zoned' && !(edited && type.picture.signed)) {
    refuseEntry(
      entry,
      'SIGN_UNSUITABLE',
      'has a SIGN clause, but carries no zoned sign',
      'SIGN on a numeric DISPLAY item',
    );
  }
  if (entry.justified && kind !== 'text' && !(kind === 'edited' && !type.numeric)) {
    refuseEntry(
      entry,
      'CONFLICTING_CLAUSES',
      'is numeric and JUSTIFIED',
      'JUSTIFIED on an alphabetic or alphanumeric item',
    );
  }
  if (entry.blankWhenZero && kind !== 'zoned' && !edited) {
    refuseEntry(
      entry,
      'CONFLICTING_CLAUSES',
      'is BLANK WHEN ZERO, but not numeric DISPLAY',
      'BLANK WHEN ZERO on a numeric DISPLAY or edited item',
    );
  }
  if (entry.byteLength !== null && !(kind === 'text' && type.encoding === 'utf8')) {
    refuseEntry(entry, 'CONFLICTING_CLAUSES', 'has a BYTE-LENGTH, but is not UTF-8', 'BYTE-LENGTH on a PIC U item');
  }
  if (entry.synchronized && kind === 'text' && entry.usage === 'COMP-5') {
    refuseEntry(entry, 'SYNC_UNSUITABLE', 'cannot be aligned', 'SYNCHRONIZED on a binary item with a numeric picture');
  }
}

const twoDigits = (level: number): string => String(level).padStart(2, '0');
