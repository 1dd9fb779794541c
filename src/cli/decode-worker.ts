import { type MessagePort, parentPort } from 'node:worker_threads';
import { createCompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import { createCodec } from '../codec/create-codec.ts';
import { ChunkDecoder } from './chunk-decoder.ts';
import type { ChunkMessage } from './chunk-part.ts';
import { ChunkTurns } from './chunk-turns.ts';
import type { CrewMessage } from './crew-message.ts';

/** Do what a worker of the crew does: take chunks of the files that it is told of, and send back what is found. */
function work(port: MessagePort): void {
  let decoder: ChunkDecoder | null = null;
  port.on('message', async (message: CrewMessage) => {
    if (message.kind === 'prepare') {
      decoder = prepare(message);
      return;
    }
    const turns = new ChunkTurns(message.shared, true);
    const send = (told: ChunkMessage): void => {
      port.postMessage(told, told.kind === 'part' ? told.lines.map(({ buffer }) => buffer) : []);
    };
    await decoder?.decode(message.file, { turns, send });
  });
}

/** `null` where there is no memory: then the others do the work. */
function prepare({ layout, codec, made, settings }: Extract<CrewMessage, { kind: 'prepare' }>): ChunkDecoder | null {
  try {
    const decoder = createCompiledDecoder(createCodec(layout, codec), undefined, undefined, made);
    return 'refused' in decoder ? null : new ChunkDecoder(decoder, settings);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

if (parentPort !== null) work(parentPort);
