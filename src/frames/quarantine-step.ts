import type { FrameWindow } from './frame-window.ts';
import { readQuarantineLine } from './quarantine-line.ts';
import { textStep } from './text-step.ts';

// 128 MiB: with its bytes and its text a longer line would take more memory than a record may.
const longestLine = 128 * 1024 * 1024;

/** Read the records of a quarantine file back. A malformed line is garbage; garbage stays garbage. */
export function quarantineStep(): (window: FrameWindow) => boolean {
  return textStep('ascii', takeLine, longestLine);
}

function takeLine(window: FrameWindow, length: number): void {
  const view = window.peek(length);
  const text = Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('utf8');
  const content = readQuarantineLine(text);
  if (typeof content === 'string') window.discard(length, 'QUARANTINE_LINE', content);
  else if (content.origin.record !== null || content.problem === null) window.encodedRecord(length, content);
  else window.encodedGarbage(length, content.bytes, content.problem, content.origin);
}
