/** Names that resemble a mistyped one, best first, at most three. Case and what stands behind the last period do not count. */
export function nearNames(mistyped: string, names: readonly string[]): string[] {
  const wanted = stem(mistyped).slice(0, 64);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const candidates = names.slice(0, 10_000).map((name) => ({ name, distance: distance(wanted, stem(name), limit) }));
  const near = candidates.filter((candidate) => candidate.distance <= limit);
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, 3).map((candidate) => candidate.name);
}

function stem(name: string): string {
  return name.replace(/\.[^.]*$/, '').toUpperCase();
}

/** Edits between two words (Levenshtein), or more than `limit` when they are too different to matter. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
