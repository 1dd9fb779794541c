import type { PipelineSettings } from '../pipeline/pipeline-schema.ts';
import { streamReceiver } from '../sinks/stream-receiver.ts';
import { type TcpReceiver, tcpReceiver } from '../sinks/tcp-receiver.ts';
import type { SourceReport } from '../sources/source-report.ts';
import type { Receiver } from '../streams/receiver.ts';
import { standardOutput } from './output-target.ts';

/** Who is handed the topics of a pipeline. */
export interface PipelineReceivers {
  readonly byTopic: Readonly<Record<string, readonly Receiver[]>>;
  /** Whether standard output is one of them, so that nothing else may be written there. */
  readonly useOutput: boolean;
  /** Whether standard output has not taken what was written there. */
  readonly outputStalls: boolean;
  /** End connections in order. */
  close(): Promise<void>;
}

/** Make the receivers of a pipeline: standard output once, and a connection for each address. */
export function pipelineReceivers(
  { topics = {} }: Pick<PipelineSettings, 'topics'>,
  onReport: (report: SourceReport) => void,
): PipelineReceivers {
  const target = standardOutput();
  let writing = 0;
  const output = streamReceiver({
    write: async (bytes) => {
      writing++;
      await target.write(bytes);
      writing--;
    },
  });
  const connections = new Map<string, TcpReceiver>();
  const connection = (settings: { readonly connect: string }): TcpReceiver => {
    const known = connections.get(JSON.stringify(settings));
    if (known !== undefined) return known;
    const source = `tcp ${settings.connect}`;
    const made = tcpReceiver({ ...settings, onReport: (code, message) => onReport({ source, code, message }) });
    connections.set(JSON.stringify(settings), made);
    return made;
  };
  const asked = Object.entries(topics).map(([topic, { stdout, tcp }]) => {
    return [topic, [...(stdout === true ? [output] : []), ...(tcp === undefined ? [] : [connection(tcp)])]] as const;
  });
  return {
    byTopic: Object.fromEntries(asked.filter(([, receivers]) => receivers.length > 0)),
    useOutput: Object.values(topics).some(({ stdout }) => stdout === true),
    get outputStalls() {
      return writing > 0;
    },
    async close() {
      await Promise.all(Array.from(connections.values(), (made) => made.close()));
    },
  };
}
