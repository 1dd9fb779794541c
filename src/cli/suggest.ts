import { editDistance } from '../bytes/edit-distance.ts';

const longest = 60; // characters: more is no mistyped name
const furthest = 10; // characters of difference in length

/** Find the name most like a mistyped one; `null` when none is near enough to be what was meant. */
export function suggest(mistyped: string, names: Iterable<string>): string | null {
  const wanted = mistyped.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const candidate = name.toLowerCase();
    if (wanted.length > longest || Math.abs(wanted.length - candidate.length) > furthest) continue;
    const distance = editDistance(wanted, candidate);
    // Of names that are equally near, the one that starts alike.
    const nearer = best !== null && distance === bestDistance && alike(wanted, candidate) > alike(wanted, best);
    if (distance < bestDistance || nearer) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

function alike(wanted: string, name: string): number {
  const other = name.toLowerCase();
  let length = 0;
  while (length < wanted.length && wanted[length] === other[length]) length += 1;
  return length;
}

/** Say `; did you mean X?`, or nothing. */
export function didYouMean(mistyped: string, names: Iterable<string>, prefix = ''): string {
  const name = suggest(mistyped, names);
  return name === null ? '' : `; did you mean ${prefix}${name}?`;
}
