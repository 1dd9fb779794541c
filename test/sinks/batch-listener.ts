import { createServer, type Server, type Socket } from 'node:net';

/** A batch as it arrived: what its first line says, and all of its bytes. */
export interface ArrivedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly batch: number;
  readonly offset: number;
  readonly records: number;
  readonly text: string;
}

/** Listens for batches as a receiver would that passes over those it has already. */
export class BatchListener {
  /** Whole batches, in the order in which they came, repeated ones too. */
  readonly arrived: ArrivedBatch[] = [];
  connections = 0;
  /** What is sent back for a batch; `null`: nothing. */
  answer: (batch: ArrivedBatch) => string | null = ({ batch }) => `${batch}\n`;
  /** Break the connection after so many bytes of it. */
  breakAfter = Number.POSITIVE_INFINITY;
  #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async open(port = 0): Promise<BatchListener> {
    const listener = new BatchListener();
    await new Promise<void>((resolve) => listener.#server.listen(port, '127.0.0.1', resolve));
    return listener;
  }

  get address(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  /** The values of a topic, each batch once. */
  values(topic: string): string[] {
    const seen = new Set<string>();
    return this.arrived.flatMap((batch) => {
      const name = `${batch.partition} ${batch.batch}`;
      if (batch.topic !== topic || seen.has(name)) return [];
      seen.add(name);
      return batch.text.split('\n').slice(1, -1);
    });
  }

  /** Break all connections. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < 2000 && !holds(); turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    if (!holds()) throw new Error(`it never came to that: ${JSON.stringify(this.arrived)}`);
  }

  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #accept(socket: Socket): void {
    this.connections++;
    this.#sockets.add(socket);
    let text = '';
    let bytes = 0;
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (data) => {
      bytes += data.length;
      if (bytes > this.breakAfter) {
        this.breakAfter = Number.POSITIVE_INFINITY;
        socket.destroy();
        return;
      }
      text += String(data);
      for (let batch = firstBatch(text); batch !== null; batch = firstBatch(text)) {
        text = text.slice(batch.text.length);
        this.arrived.push(batch);
        const answer = this.answer(batch);
        if (answer !== null) socket.write(answer);
      }
    });
  }
}

/** The batches of a text that are whole. */
export function batchesOf(text: string): ArrivedBatch[] {
  const batches: ArrivedBatch[] = [];
  let rest = text;
  for (let batch = firstBatch(rest); batch !== null; batch = firstBatch(rest)) {
    batches.push(batch);
    rest = rest.slice(batch.text.length);
  }
  return batches;
}

function firstBatch(text: string): ArrivedBatch | null {
  let end = text.indexOf('\n') + 1;
  if (end === 0) return null;
  const head = JSON.parse(text.slice(0, end)) as Omit<ArrivedBatch, 'text'>;
  for (let left = head.records; left > 0; left--) {
    const next = text.indexOf('\n', end) + 1;
    if (next === 0) return null;
    end = next;
  }
  return { ...head, text: text.slice(0, end) };
}
