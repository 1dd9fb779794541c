import { printable } from '../bytes/printable.ts';
import type { LayoutItem } from '../copybook/layout.ts';

/** Say in one line what an item is and where it lies: `PIC S9(5)V99 COMP-3, offset 6, 4 bytes`. */
export function itemText(item: LayoutItem): string {
  const { picture, usage, type, occurs, redefines, bitLength, bit } = item;
  const parts: string[] = [];
  const shown = [...(picture === null ? [] : [`PIC ${picture}`]), ...(usage === null ? [] : [usage])].join(' ');
  if (shown !== '') parts.push(shown);
  else if (type === null) parts.push('group');
  parts.push(`offset ${item.offset}${bit === 0 ? '' : `.${bit}`}`);
  parts.push(bitLength === 8 * item.length ? counted(item.length, 'byte') : counted(bitLength, 'bit'));
  if (occurs !== null) {
    const { minimum, maximum, counterName } = occurs;
    parts.push(
      counterName === null ? `OCCURS ${maximum}` : `OCCURS ${minimum} TO ${maximum} DEPENDING ON ${counterName}`,
    );
  }
  if (redefines !== null) parts.push(`REDEFINES ${redefines.name ?? 'FILLER'}`);
  return printable(parts.join(', '));
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
