import { printable } from '../bytes/printable.ts';
import type { SourceReport } from '../sources/source-report.ts';

const most = 100; // warnings of a minute: whoever breaks connections fast must not fill a disk with them
const minute = 60_000;

/** Say on standard error what sources report: what is only good to know unless it is to be quiet, and of many warnings only how many. */
export function reportToPeople(
  say: (text: string) => void,
  now: () => number = Date.now,
): (report: SourceReport) => void {
  let begun = Number.NEGATIVE_INFINITY;
  let warnings = 0;
  return ({ source, code, message }) => {
    const text = `${printable(source)}: ${printable(message)}\n`;
    if (code === null) {
      say(text);
      return;
    }
    if (now() - begun >= minute) {
      if (warnings > most) process.stderr.write(`overpunch: ${warnings - most} more warnings within a minute\n`);
      begun = now();
      warnings = 0;
    }
    warnings++;
    if (warnings <= most) process.stderr.write(`overpunch: ${code}: ${text}`);
  };
}
