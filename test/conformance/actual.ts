/**
 * One decoded record after the rules of views, trimming and absence, ready to be compared with an expected row.
 *
 * `hidden` is an item that a view rule made absent with all it holds.
 */
export type Actual = ActualLeaf | ActualGroup | ActualTable | ActualHidden;

/** What an elementary item holds; `null` when it is absent or unreadable. */
export type ActualValue =
  | { readonly type: 'text'; readonly text: string }
  /** `beyondPicture`: a binary value with more digits than its picture. */
  | { readonly type: 'number'; readonly digits: string; readonly beyondPicture: boolean }
  | { readonly type: 'float'; readonly digits: string }
  /** An edited item is text, and a number (`null` without a digit) where a number is expected. */
  | { readonly type: 'edited'; readonly text: string; readonly number: string | null };

export interface ActualLeaf {
  readonly kind: 'leaf';
  readonly name: string;
  /** The item holds numbers, whether this one could be read or not. */
  readonly numeric: boolean;
  readonly value: ActualValue | null;
  /** The bytes the decoder read it from, in upper-case hexadecimal. */
  readonly bytes: string;
  /** The record ended before or inside the item. */
  readonly cut: boolean;
}

export interface ActualGroup {
  readonly kind: 'group';
  readonly name: string;
  readonly members: readonly Actual[];
}

export interface ActualTable {
  readonly kind: 'table';
  readonly name: string;
  readonly entries: readonly Actual[];
}

export interface ActualHidden {
  readonly kind: 'hidden';
  readonly name: string;
}

/** Whether there is nothing to see: absent, unreadable, `''`, or a group or table that holds nothing else. */
export function isEmptyActual(actual: Actual): boolean {
  switch (actual.kind) {
    case 'hidden':
      return true;
    case 'group':
      return actual.members.every(isEmptyActual);
    case 'table':
      return actual.entries.every(isEmptyActual);
    case 'leaf':
      return actual.value === null || isEmptyValue(actual.value);
  }
}

function isEmptyValue(value: ActualValue): boolean {
  if (value.type === 'text') return value.text === '';
  if (value.type === 'edited') return value.text === '' || value.number === null;
  return false;
}
