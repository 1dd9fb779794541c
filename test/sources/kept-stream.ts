import { createServer, type Server, type Socket } from 'node:net';

/** Keeps a stream of bytes, and sends it from any place on, as `resumedClient` asks for. */
export class KeptStream {
  bytes: Buffer;
  /** What the other side said, line by line. */
  readonly lines: string[] = [];
  /** What it need not be asked for any more. */
  committed = 0;
  /** Asked for again although it was committed, or beyond what there is. */
  wrong = 0;
  /** How many bytes are sent on the next connections before they break, or, negative, end in order; none: it does not break. */
  readonly cuts: number[] = [];
  /** Whether it ends in order when all is sent. */
  ends = false;
  readonly #server: Server;
  #sockets = new Set<Socket>();

  private constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async open(bytes: Buffer): Promise<KeptStream> {
    const stream = new KeptStream(bytes);
    await new Promise<void>((resolve) => stream.#server.listen(0, '127.0.0.1', resolve));
    return stream;
  }

  get address(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (data) => {
      text += String(data);
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) this.#hear(socket, line);
    });
  }

  #hear(socket: Socket, line: string): void {
    this.lines.push(line);
    const [word, number] = line.split(' ');
    const offset = Number(number);
    if (word === 'committed') {
      if (offset < this.committed || offset > this.bytes.length) this.wrong++;
      this.committed = offset;
      return;
    }
    if (offset < this.committed || offset > this.bytes.length) this.wrong++;
    const cut = this.cuts.shift();
    const to = cut === undefined ? this.bytes.length : Math.min(this.bytes.length, offset + Math.abs(cut));
    socket.write(this.bytes.subarray(offset, to), () => {
      if (cut !== undefined && cut >= 0) socket.resetAndDestroy();
      else if (cut !== undefined) socket.destroy();
      else if (this.ends) socket.end();
    });
  }
}
