import { editDistance } from '../bytes/edit-distance.ts';

/** Names that resemble a mistyped one, best first, at most three. Case and what stands behind the last period do not count. */
export function nearNames(mistyped: string, names: readonly string[]): string[] {
  const wanted = stem(mistyped).slice(0, 64);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const near = names
    .slice(0, 10_000)
    .map((name) => ({ name, stem: stem(name) }))
    .filter((candidate) => Math.abs(candidate.stem.length - wanted.length) <= limit)
    .map((candidate) => ({ name: candidate.name, distance: editDistance(wanted, candidate.stem) }))
    .filter((candidate) => candidate.distance <= limit);
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, 3).map((candidate) => candidate.name);
}

function stem(name: string): string {
  return name.replace(/\.[^.]*$/, '').toUpperCase();
}
