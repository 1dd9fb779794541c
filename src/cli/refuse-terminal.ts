import { OverpunchError } from '../errors.ts';

/** Refuse to write bytes that are no text to a terminal that nobody named: `-o -` does. Throws USAGE. */
export function refuseTerminal(output: string | undefined, isTerminal: boolean = process.stdout.isTTY === true): void {
  if (output !== undefined || !isTerminal) return;
  throw new OverpunchError('USAGE', 'what is written is bytes, not text for a terminal', {
    hint: 'give -o FILE, or pipe it on; -o - writes it here all the same',
  });
}
