/** Find the name most like a mistyped one; `null` when none is near enough to be what was meant. */
export function suggest(mistyped: string, names: Iterable<string>): string | null {
  const wanted = mistyped.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Say `; did you mean X?`, or nothing. */
export function didYouMean(mistyped: string, names: Iterable<string>, prefix = ''): string {
  const name = suggest(mistyped, names);
  return name === null ? '' : `; did you mean ${prefix}${name}?`;
}

/** Count the insertions, deletions, replacements and swaps of neighbours between two short texts. */
function editDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 10 || one.length > 60) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      line.push(cost);
    }
    before = above;
    above = line;
  }
  return above[other.length] ?? 0;
}
