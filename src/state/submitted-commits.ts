import { type CommitAnswer, CommitThread } from './commit-thread.ts';
import type { WriteList } from './commit-writes.ts';

/** What is to be done when a commit is on disk, or when it never will be. */
export interface CommitOutcome {
  landed(): void;
  lost(): void;
}

interface Submission extends CommitOutcome {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

let thread: CommitThread | undefined; // one is enough: all environments of a process wait for the same disk as a rule
let environments = 0;

/** The commits of one environment that another thread brings to disk, in their order. */
export class SubmittedCommits {
  readonly #path: string;
  readonly #options: object;
  /** Make the error of what the library threw. */
  readonly #failed: (error: unknown) => unknown;
  readonly #underWay: Submission[] = [];
  #latest: Promise<void> = Promise.resolve();
  #environment = 0;
  #isLost = false;

  constructor(path: string, options: object, failed: (error: unknown) => unknown) {
    this.#path = path;
    this.#options = options;
    this.#failed = failed;
  }

  /** Resolve when all of them are on disk; rejects when one of them never will be. */
  get durable(): Promise<void> {
    return this.#latest;
  }

  /** Let the thread write a list. Resolves when it is on disk; when it cannot be, it and all behind it are lost, the latest first. */
  add(list: WriteList, { landed, lost }: CommitOutcome): Promise<void> {
    thread ??= new CommitThread();
    if (this.#environment === 0) {
      this.#environment = ++environments;
      const [environment, path, options] = [this.#environment, this.#path, this.#options];
      thread.ask({ kind: 'open', environment, path, options }, (answer) => this.#settle(answer, true));
    }
    this.#latest = new Promise((resolve, reject) => this.#underWay.push({ landed, lost, resolve, reject }));
    this.#latest.catch(() => undefined); // who cares waits for it, or for a later one
    thread.ask({ kind: 'commit', environment: this.#environment, list }, (answer) => this.#settle(answer, false));
    return this.#latest;
  }

  /** Block until none is under way. */
  wait(): void {
    if (this.#underWay.length > 0) thread?.wait();
  }

  async close(): Promise<void> {
    const environment = this.#environment;
    if (environment === 0) return;
    await this.#latest.catch(() => undefined);
    await new Promise<void>((resolve) => thread?.ask({ kind: 'close', environment }, () => resolve()));
  }

  #settle(answer: CommitAnswer, isOpening: boolean): void {
    if (this.#isLost || (answer === null && isOpening)) return;
    if (answer === null) {
      const submission = this.#underWay.shift();
      submission?.landed();
      submission?.resolve();
      return;
    }
    this.#isLost = true;
    const error = this.#failed(Object.assign(new Error(answer.message), { code: answer.code }));
    const lost = this.#underWay.splice(0);
    for (const submission of lost.toReversed()) submission.lost();
    for (const { reject } of lost) reject(error);
  }
}
