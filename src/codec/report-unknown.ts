import { printable } from '../bytes/printable.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import { type EncodeRun, issueOf } from './encode-run.ts';

const shownNames = 12; // in a message: more do not help

/** Report members that name no field. Those that start with `_` are not the record's, unless it has a field of that name. */
export function reportUnknown(
  item: LayoutItem,
  given: object,
  known: ReadonlySet<string>,
  subscripts: readonly number[],
  run: EncodeRun,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (known.has(name) || name.startsWith('_') || run.silent > 0) continue;
    const shown = [...known].slice(0, shownNames).join(', ') + (known.size > shownNames ? ', …' : '');
    const expected = printable(known.size === 0 ? 'no members' : `one of the members ${shown}`);
    const issue = issueOf({ code: 'ENCODE_UNKNOWN_FIELD', expected }, item, subscripts, value);
    const own = printable(name.slice(0, 80));
    run.issues.push({ ...issue, path: item.type !== null || issue.path === '' ? own : `${issue.path}.${own}` });
  }
}
