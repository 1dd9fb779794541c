import { printable } from '../bytes/printable.ts';
import type { PipelineStatus } from '../pipeline/pipeline-status.ts';
import { money } from './rewards-text.ts';
import { type Screen, screenOf } from './screen.ts';

const redraw = 500; // milliseconds on a terminal
const between = 5000; // milliseconds from one plain line to the next

/** Shows how a pipeline stands while it runs: on a terminal in one place, otherwise as a line from time to time; nothing under `--quiet`. */
export class LiveStatus {
  readonly #name: string;
  readonly #stream: NodeJS.WriteStream;
  readonly #quiet: boolean;
  readonly #started = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #look: (() => PipelineStatus) | null = null;
  #drawn = 0;
  #frames = 0;
  #looked = performance.now();

  constructor(name: string, stream: NodeJS.WriteStream, quiet: boolean) {
    this.#name = printable(name);
    this.#stream = stream;
    this.#quiet = quiet;
  }

  /** Begin to show what there is to see. */
  readonly start = (look: () => PipelineStatus): void => {
    if (this.#quiet) return;
    this.#look = look;
    this.#frames = look().summary.account.frames;
    this.#timer = setInterval(() => this.#show(), this.#isTerminal ? redraw : between);
    this.#timer.unref();
  };

  /** Write a remark above what is shown. */
  readonly say = (text: string): void => {
    this.#clear();
    this.#stream.write(text);
  };

  /** Show no more, and take away what is shown on a terminal. */
  stop(): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  get #isTerminal(): boolean {
    return this.#stream.isTTY === true && process.env['TERM'] !== 'dumb';
  }

  #show(): void {
    const status = this.#look?.();
    if (status === undefined) return;
    const { frames } = status.summary.account;
    const now = performance.now();
    const rate = Math.round(((frames - this.#frames) * 1000) / Math.max(1, now - this.#looked));
    this.#frames = frames;
    this.#looked = now;
    if (!this.#isTerminal) {
      this.#stream.write(`${this.#name}: ${statusLine(status, rate)}\n`);
      return;
    }
    const lines = statusLines(this.#name, status, rate, now - this.#started, screenOf(this.#stream, undefined, 1));
    const up = this.#drawn > 0 ? `\u001b[${this.#drawn}A` : '';
    this.#stream.write(`${up}${lines.map((line) => `\r${line}\u001b[K\n`).join('')}`);
    this.#drawn = lines.length;
  }

  #clear(): void {
    if (this.#drawn > 0) this.#stream.write(`\u001b[${this.#drawn}A\r\u001b[J`);
    this.#drawn = 0;
  }
}

/** Write how a pipeline stands as one line. */
export function statusLine({ summary, rewards }: PipelineStatus, rate: number): string {
  const { account } = summary;
  const parts = [`frames ${account.frames} (${rate}/s)`, `matches ${account.requests.matched}`];
  if (rewards !== null) {
    const { bets, cancels, rewards: given, revoked, budgetLeft } = rewards.summary;
    parts.push(
      `lag ${rewards.lag}`,
      `bets ${bets}`,
      `cancels ${cancels}`,
      `rewards ${given}`,
      `cancelled coupons ${revoked}`,
    );
    if (budgetLeft !== null) parts.push(`budget left ${money(budgetLeft)}`);
  }
  return parts.join(', ');
}

/** Write how a pipeline stands as lines for a terminal, none wider than it is. */
export function statusLines(
  name: string,
  { summary, watermark, rewards }: PipelineStatus,
  rate: number,
  elapsed: number,
  { width, dim, bold }: Screen,
): readonly string[] {
  const { frames, quarantined, requests, responses } = summary.account;
  const count = (number: number): string => number.toLocaleString('en');
  const row = (label: string, value: string, rest: string): string => {
    const head = label.padEnd(14).slice(0, Math.max(0, width - 13)); // the number is what is looked for
    const text = `  ${rest}`.slice(0, Math.max(0, width - 26));
    return `${head}${bold(value.padStart(12).slice(-width))}${dim(text)}`;
  };
  const time = watermark === null ? '' : `at ${new Date(watermark).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const lines = [
    row(name.slice(0, 14), clockText(elapsed), time),
    row('frames', count(frames), `${count(rate)}/s, quarantined ${count(quarantined)}`),
    row(
      'matches',
      count(requests.matched),
      `open ${count(requests.open + responses.open)}, expired ${count(requests.unmatched)}, orphans ${count(responses.unmatched)}`,
    ),
  ];
  if (rewards === null) return lines;
  const { bets, cancels, rewards: given, revoked, spentCents, budgetLeft } = rewards.summary;
  lines.push(
    row('bets', count(bets), `cancels ${count(cancels)}, lag ${count(rewards.lag)}`),
    row('rewards', count(given), `${money(spentCents)} out`),
    row('cancelled', count(revoked), 'coupons'),
  );
  if (budgetLeft !== null) lines.push(row('budget left', money(budgetLeft), ''));
  return lines;
}

function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
