import fc from 'fast-check';

interface Draft {
  readonly clauses: string;
  readonly children: readonly Draft[] | null;
  readonly named: boolean;
  readonly occurs: '' | 'fixed' | 'depending';
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
    { weight: 1, arbitrary: fc.constantFrom('fixed' as const, 'depending' as const) },
  ),
  redefines: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
};

const { draft } = fc.letrec<{ draft: Draft }>((tie) => ({
  draft: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ ...common, clauses, children: fc.constant(null) }),
    fc.record({
      ...common,
      clauses: fc.constant(''),
      children: fc.array(tie('draft'), { minLength: 1, maxLength: 4 }),
    }),
  ),
}));

/** Copybooks in free format with fields of all kinds, groups, tables, counted tables and redefined areas, in any nesting. */
export const tilingCopybook: fc.Arbitrary<string> = fc
  .array(draft, { minLength: 1, maxLength: 5 })
  .map((items) => `01 R. 05 N PIC 9. ${writeItems(items, 5, { count: 0 }).join(' ')}`);

function writeItems(items: readonly Draft[], level: number, names: { count: number }): string[] {
  let target = ''; // what the next item may redefine
  return items.flatMap((item) => {
    names.count += 1;
    const redefines = item.redefines && target !== '' && item.occurs !== 'depending' && !varies(item);
    const name = item.named || item.occurs === 'depending' ? `F${names.count}` : 'FILLER';
    const occurs = { '': '', fixed: ' OCCURS 2', depending: ' OCCURS 0 TO 3 DEPENDING ON N' }[item.occurs];
    const line = `${level} ${name}${redefines ? ` REDEFINES ${target}` : ''} ${item.clauses}${occurs}.`;
    // A bit item may start inside a byte, where most others cannot.
    const redefinable = name !== 'FILLER' && item.occurs === '' && !varies(item) && !item.clauses.endsWith('BIT');
    if (!redefines) target = redefinable ? name : '';
    return [line, ...(item.children === null ? [] : writeItems(item.children, level + 5, names))];
  });
}

function varies(item: Draft): boolean {
  return item.children?.some((child) => child.occurs === 'depending' || varies(child)) ?? false;
}
