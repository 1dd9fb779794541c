export { batchLines } from './batch-lines.ts';
export { type JsonlFileOptions, jsonlFile } from './jsonl-file.ts';
export { type StreamReceiverOptions, streamReceiver } from './stream-receiver.ts';
export { type TcpReceiver, type TcpReceiverOptions, tcpReceiver } from './tcp-receiver.ts';
