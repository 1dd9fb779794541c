import type { SourcePosition } from '../copybook/source-position.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import { isLoopback, parseTcpAddress } from '../settings/tcp-address.ts';
import { pipelineProblem } from './pipeline-problem.ts';

/** Refuse an address that is not on this machine, unless that is allowed. */
export function* addressProblems(
  place: string,
  { connect, allowRemote }: { readonly connect: string; readonly allowRemote?: boolean | undefined },
  position: SourcePosition,
): Generator<SettingsProblem> {
  const address = parseTcpAddress(connect);
  if (address === null || isLoopback(address) || allowRemote === true) return;
  const message = `${place}: ${connect} is not on this machine`;
  const hint =
    'bytes travel as they are, for everybody on the way to read and to change: add allowRemote: true if that is meant';
  yield pipelineProblem('PIPELINE_SCHEMA', position, message, 'an address such as 127.0.0.1:7001', hint);
}
