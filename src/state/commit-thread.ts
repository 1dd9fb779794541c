import { createRequire } from 'node:module';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { WriteList } from './commit-writes.ts';

/** What the thread is asked: to open an environment, to commit to it, to close it. It answers each, in their order. */
export type CommitQuestion =
  | { readonly kind: 'open'; readonly environment: number; readonly path: string; readonly options: object }
  | { readonly kind: 'commit'; readonly environment: number; readonly list: WriteList }
  | { readonly kind: 'close'; readonly environment: number };

/** `null`: it is done; else what the library threw. */
export type CommitAnswer = { readonly code: unknown; readonly message: string } | null;

/**
 * What the thread runs. It is a text, since it has to start in the same way from sources, from compiled files, and from files that were joined. After a
 * commit failed nothing more is written to that environment: what was asked meanwhile builds on what is lost.
 */
const program = `
const { workerData } = require('node:worker_threads');
const { open } = require(workerData.library);
const { port, answered } = workerData;
const binary = { encoding: 'binary', keyEncoding: 'binary' };
const environments = new Map();

const room = Buffer.allocUnsafeSlow(1 << 20);

// The library writes something else when it is given memory that is shared.
function ownBytes(shared) {
  if (shared.length > room.length) return Buffer.from(shared);
  room.set(shared);
  return room;
}

function commit({ root, stores }, { tables, writes, bytes: shared }) {
  const bytes = ownBytes(shared);
  for (const name of tables) if (!stores.has(name)) stores.set(name, root.openDB(name, binary));
  const found = tables.map((name) => stores.get(name));
  root.transactionSync(() => {
    let at = 0;
    for (let index = 0; index < writes.length; index += 3) {
      const store = found[writes[index]];
      const key = bytes.subarray(at, writes[index + 1]);
      at = writes[index + 1];
      const end = writes[index + 2];
      if (end < 0) store.removeSync(key);
      else {
        store.putSync(key, bytes.subarray(at, end));
        at = end;
      }
    }
  });
}

async function answer({ kind, environment, path, options, list }) {
  const opened = environments.get(environment);
  if (kind === 'open') environments.set(environment, { root: open(path, options), stores: new Map(), failure: null });
  else if (kind === 'close') {
    environments.delete(environment);
    await opened.root.close();
  } else if (opened.failure !== null) return opened.failure;
  else {
    try {
      commit(opened, list);
    } catch (error) {
      opened.failure = { code: error.code, message: String(error.message) };
      return opened.failure;
    }
  }
  return null;
}

async function tell(question) {
  let told = null;
  try {
    told = await answer(question);
  } catch (error) {
    told = { code: error.code, message: String(error.message) };
  }
  port.postMessage(told);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
}

let last = Promise.resolve();
port.on('message', (question) => {
  last = last.then(() => tell(question));
});
`;

/** A thread that commits to any number of environments, so that the others need not wait for the disk. It keeps no process alive that waits for nothing. */
export class CommitThread {
  readonly #port: MessagePort;
  readonly #answered = new Int32Array(new SharedArrayBuffer(4));
  readonly #waiting: ((answer: CommitAnswer) => void)[] = [];
  #asked = 0;
  #failure: CommitAnswer = null;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    const library = createRequire(import.meta.url).resolve('lmdb');
    const workerData = { library, port: port2, answered: this.#answered };
    const execArgv: string[] = []; // what else the process loads at its start is nothing to this thread
    const worker = new Worker(program, { eval: true, execArgv, workerData, transferList: [port2] });
    this.#port = port1;
    port1.on('message', (answer: CommitAnswer) => this.#settle(answer));
    port1.unref();
    worker.unref();
    worker.on('error', ({ message }) => this.#fail(`the thread that commits failed: ${message}`));
    worker.on('exit', () => this.#fail('the thread that commits has ended'));
  }

  /** Ask something; `heard` is called with the answer. The bytes of a list stay as they are until then. */
  ask(question: CommitQuestion, heard: (answer: CommitAnswer) => void): void {
    if (this.#failure !== null) {
      heard(this.#failure);
      return;
    }
    if (this.#waiting.length === 0) this.#port.ref();
    this.#waiting.push(heard);
    this.#asked++;
    this.#port.postMessage(question);
  }

  /** Block until all that was asked is answered, and heard. */
  wait(): void {
    for (let done = Atomics.load(this.#answered, 0); done < this.#asked; done = Atomics.load(this.#answered, 0)) {
      if (this.#failure !== null) return;
      Atomics.wait(this.#answered, 0, done);
    }
    for (let got = receiveMessageOnPort(this.#port); got !== undefined; got = receiveMessageOnPort(this.#port)) {
      this.#settle(got.message as CommitAnswer);
    }
  }

  #settle(answer: CommitAnswer): void {
    const heard = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#port.unref();
    heard?.(answer);
  }

  #fail(message: string): void {
    this.#failure ??= { code: undefined, message };
    for (const heard of this.#waiting.splice(0)) heard(this.#failure);
    this.#port.unref();
  }
}
