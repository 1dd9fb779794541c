/** How members of decoded records are named. */
export type NameStyle = 'cobol' | 'camel' | 'snake';

/** Give a copybook name its output form: `CUST-ID`, `custId` or `cust_id`. */
export function memberName(name: string, style: NameStyle): string {
  if (style === 'cobol') return name;
  const lower = name.toLowerCase();
  if (style === 'snake') return lower.replaceAll('-', '_');
  // A hyphen or underscore between two characters starts a word; others belong to the name.
  return lower.replace(/(?<=[^-_])[-_]+([^-_])/gu, (_, letter: string) => letter.toUpperCase());
}

const joints: Readonly<Record<NameStyle, string>> = { cobol: '-', camel: '', snake: '_' };

/**
 * Make the names of one group unique, in order: the first keeps its name, the next get `-2`, `-3` (camel `2`, snake `_2`), the
 * next number that gives a name nobody else has.
 */
export function uniqueNames(names: readonly string[], style: NameStyle): readonly string[] {
  const taken = new Set(names);
  const used = new Set<string>();
  const next = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    if (used.has(name)) {
      let number = next.get(name) ?? 2;
      while (taken.has(`${name}${joints[style]}${number}`)) number++;
      unique = `${name}${joints[style]}${number}`;
      next.set(name, number + 1);
      taken.add(unique);
    }
    used.add(unique);
    return unique;
  });
}
