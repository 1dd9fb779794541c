import { frameIssue, quarantineLine } from '../../frames/quarantine-line.ts';
import type { JournalEntry } from '../../streams/journal-entry.ts';

/**
 * What quarantine holds of a journal entry on which an operator threw an error: a quarantine line, whose `_offset` is the position in
 * the journal.
 */
export function quarantineValue(entry: JournalEntry, input: string, error: unknown): Uint8Array {
  const bytes = entry.kind === 'frame' ? entry.bytes : new Uint8Array(0);
  const said = error instanceof Error ? error.message : String(error);
  const message = `an operator failed on this ${entry.kind === 'frame' ? 'frame' : `entry (${entry.kind})`}: ${said}`;
  const issue = frameIssue({ code: 'OPERATOR_FAILED', message }, bytes);
  const line = quarantineLine({ file: input, record: null, offset: entry.position, bytes, issues: [issue] });
  return Buffer.from(line);
}
