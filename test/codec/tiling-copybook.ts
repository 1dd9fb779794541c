import fc from 'fast-check';

interface Draft {
  readonly clauses: string;
  readonly children: readonly Draft[] | null;
  readonly named: boolean;
  readonly occurs: '' | 'fixed' | 'depending' | 'by bits';
  readonly redefines: boolean;
}

const clauses = fc.constantFrom(
  ...['PIC X', 'PIC X(3)', 'PIC 9(3)', 'PIC S9(4) COMP', 'PIC S9(9) COMP SYNC', 'PIC S9(5) COMP-3', 'COMP-1 SYNC'],
  ...['PIC 1(3) BIT', 'PIC 1(9) BIT', 'PIC N(2)', 'PIC S9(2) SIGN LEADING SEPARATE', 'PIC Z9.9', 'COMP-2 SYNC'],
);
const common = {
  named: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  occurs: fc.oneof(
    { weight: 4, arbitrary: fc.constant('' as const) },
    { weight: 1, arbitrary: fc.constantFrom('fixed' as const, 'depending' as const, 'by bits' as const) },
  ),
  redefines: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
};

const bitClauses = fc.integer({ min: 1, max: 13 }).map((size) => `PIC 1(${size}) BIT`);

const { draft } = fc.letrec<{ draft: Draft; bitDraft: Draft }>((tie) => ({
  draft: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ ...common, clauses: bitClauses, children: fc.constant(null) }),
    fc.record({
      ...common,
      clauses: fc.constant('GROUP-USAGE BIT'),
      children: fc.array(tie('bitDraft'), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ ...common, clauses, children: fc.constant(null) }),
    fc.record({
      ...common,
      clauses: fc.constant(''),
      children: fc.array(tie('draft'), { minLength: 1, maxLength: 4 }),
    }),
  ),
  bitDraft: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ ...common, clauses: bitClauses, children: fc.constant(null) }),
    fc.record({
      ...common,
      clauses: fc.constant('GROUP-USAGE BIT'),
      children: fc.array(tie('bitDraft'), { minLength: 1, maxLength: 4 }),
    }),
  ),
}));

/** Copybooks in free format with fields of all kinds, groups, tables, counted tables and redefined areas, in any nesting. */
export const tilingCopybook: fc.Arbitrary<string> = fc
  .array(draft, { minLength: 1, maxLength: 5 })
  .map((items) => `01 R. 05 N PIC 9. 05 M PIC 1(2) BIT. ${writeItems(items, 5, { count: 0 }).join(' ')}`);

function writeItems(items: readonly Draft[], level: number, names: { count: number }): string[] {
  let target = ''; // what the next item may redefine
  let targetIsBits = false;
  return items.flatMap((item) => {
    names.count += 1;
    const isBits = item.clauses.endsWith('BIT');
    const counted = item.occurs === 'depending' || item.occurs === 'by bits';
    // A bit item may start inside a byte, where only other bits may.
    const redefines = item.redefines && target !== '' && (isBits || !targetIsBits) && !counted && !varies(item);
    const name = item.named || counted ? `F${names.count}` : 'FILLER';
    const occurs = {
      '': '',
      fixed: ' OCCURS 2',
      depending: ' OCCURS 0 TO 3 DEPENDING ON N',
      'by bits': ' OCCURS 0 TO 3 DEPENDING ON M',
    }[item.occurs];
    const line = `${level} ${name}${redefines ? ` REDEFINES ${target}` : ''} ${item.clauses}${occurs}.`;
    const redefinable = name !== 'FILLER' && item.occurs === '' && !varies(item);
    if (!redefines) {
      target = redefinable ? name : '';
      targetIsBits = isBits;
    }
    return [line, ...(item.children === null ? [] : writeItems(item.children, level + 5, names))];
  });
}

function varies(item: Draft): boolean {
  return (
    item.children?.some((child) => child.occurs === 'depending' || child.occurs === 'by bits' || varies(child)) ?? false
  );
}
