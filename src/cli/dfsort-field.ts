import type { Dialect } from '../copybook/dialect.ts';
import type { FieldType, LayoutItem } from '../copybook/layout.ts';

/**
 * Give an item as DFSORT names it in SORT and INCLUDE statements: `(28,4,BI)`, position from 1, length, format.
 *
 * `shift` is added to the position: 4 where records carry an RDW, which DFSORT counts. `null` for what no format describes
 * (little-endian binary, IEEE floats, bits). Formats as in z/OS DFSORT Application Programming Guide, "Data format descriptions".
 */
export function dfsortField(item: LayoutItem, dialect: Dialect, shift: number): string | null {
  if (item.bit !== 0 || item.length === 0) return null;
  const format = item.type === null ? 'CH' : formatOf(item.type, dialect);
  return format === null ? null : `(${item.offset + 1 + shift},${item.length},${format})`;
}

// Edited numbers are read in free form: digits, and a sign if the picture has one, among other characters.
const signSymbols: ReadonlySet<string> = new Set(['+', '-', 'CR', 'DB']);

function formatOf(type: FieldType, dialect: Dialect): string | null {
  switch (type.kind) {
    case 'text':
      return 'CH';
    case 'edited':
      if (!type.numeric || type.encoding === 'national') return 'CH';
      return type.picture.runs.some(({ symbol }) => signSymbols.has(symbol)) ? 'SFF' : 'UFF';
    case 'zoned':
      if (type.encoding === 'national') return 'CH';
      if (!type.signed) return 'ZD';
      if (type.separate) return type.sign === 'leading' ? 'CSL' : 'CST';
      return type.sign === 'leading' ? 'CLO' : 'ZD';
    case 'packed':
      return type.signNibble ? 'PD' : 'BI'; // without a sign nibble the bytes sort as they are
    case 'binary':
      if (type.order === 'little') return null;
      return type.signed ? 'FI' : 'BI';
    case 'float':
      return dialect.floats === 'hex' ? 'FL' : null;
    case 'bits':
      return null;
  }
}
