import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { createFramer, type FrameFormat } from '../../src/frames/framer.ts';
import { frameOfPiece } from '../../src/sources/frame-of-piece.ts';
import { resumedClient } from '../../src/sources/resumed-client.ts';
import type { SourceReport } from '../../src/sources/source-report.ts';
import type { Source } from '../../src/streams/source.ts';
import { KeptStream } from './kept-stream.ts';
import { frameOf, lengths, StoppedClock, textOf } from './line.ts';

let stream: KeptStream;
afterEach(() => stream.close());

/** Reads a source as a runtime does that may be killed: what was not committed is gone then. */
class Life {
  readonly frames: string[] = [];
  readonly reports: SourceReport[] = [];
  readonly clock = new StoppedClock();
  source: Source;
  #position: string | null = null;
  #kept = 0;

  constructor() {
    this.source = this.#open();
  }

  /** Read for a moment, and commit what came unless it is to be killed before. */
  async step(commits: boolean): Promise<void> {
    const read = this.source.read({ frames: 3, bytes: 1 << 20 });
    this.clock.time += 500;
    if (read !== null) {
      this.frames.push(...read.frames.map(textOf));
      if (!commits) return this.kill();
      this.#position = read.position;
      this.#kept = this.frames.length;
      this.source.committed?.(read.position);
    }
    await new Promise((resolve) => setTimeout(resolve, read === null ? 1 : 0));
  }

  kill(): void {
    this.source.close();
    this.frames.length = this.#kept;
    this.source = this.#open();
  }

  async until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < 5000 && !holds(); turn++) await this.step(true);
    if (!holds()) throw new Error(`it never came to that: ${JSON.stringify([this.frames.length, this.reports])}`);
  }

  #open(): Source {
    const onReport = (report: SourceReport): void => void this.reports.push(report);
    const { clock } = this;
    const source = resumedClient({ connect: stream.address, format: lengths, follow: false, clock, onReport });
    source.open(this.#position);
    return source;
  }
}

const framesOf = (texts: readonly string[]): Buffer => Buffer.concat(texts.map(frameOf));

describe('a stream that is resumed', () => {
  test('is asked for from its beginning, and from behind the last commit when a connection broke in a frame', async () => {
    stream = await KeptStream.open(framesOf(['one', 'two', 'three']));
    stream.cuts.push(-12);
    stream.ends = true;
    const life = new Life();
    await life.until(() => life.source.status === 'ended');
    life.source.close();
    expect(life.frames).toEqual(['one', 'two', 'three']);
    expect(stream.lines[0]).toBe('resume 0');
    expect(stream.lines.filter((line) => line.startsWith('resume'))).toEqual(['resume 0', 'resume 5', 'resume 17']);
    const codes = life.reports.map(({ code }) => code);
    expect(codes).toEqual([null, 'CONNECTION_LOST', null, 'CONNECTION_LOST', null]);
    expect(stream.wrong).toBe(0);
  });

  test('gives each frame once, whatever connections and processes do', { timeout: 60_000 }, async () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 });
    const garbage = fc.constantFrom('', '\u0000\u0001\u0001');
    const cuts = fc.array(fc.nat(60), { maxLength: 5 });
    const kills = fc.array(fc.nat(6), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(texts, garbage, cuts, kills, async (given, between, breaks, deaths) => {
        stream = await KeptStream.open(
          Buffer.concat(given.flatMap((text, index) => [frameOf(text), Buffer.from(index % 5 === 2 ? between : '')])),
        );
        stream.cuts.push(...breaks);
        stream.ends = true;
        const framer = createFramer({ ...lengths, live: true } as FrameFormat);
        const whole = framer.push(stream.bytes);
        const life = new Life();
        for (const death of deaths) {
          for (let turn = 0; turn < death; turn++) await life.step(true);
          await life.step(false);
        }
        for (let run = 0; run <= breaks.length; run++) {
          await life.until(() => life.source.status === 'ended');
          if (run < breaks.length) life.kill(); // two connections that broke at the same byte may look like an end
        }
        life.source.close();
        await stream.close();
        expect(life.frames).toEqual(whole.map((piece) => textOf(frameOfPiece(piece, null))));
        if (between === '') expect(life.frames).toEqual(given);
        expect(stream.wrong).toBe(0);
      }),
      { numRuns: 40 },
    );
    stream = await KeptStream.open(Buffer.alloc(0));
  });

  test('is told of commits alone, and is not connected with again before what was taken is committed', async () => {
    stream = await KeptStream.open(framesOf(['one', 'two']));
    stream.cuts.push(5);
    const clock = new StoppedClock();
    const source = resumedClient({ connect: stream.address, format: lengths, clock });
    source.open(null);
    let position: string | null = null;
    const turn = async (): Promise<void> => {
      position = source.read({ frames: 1, bytes: 1000 })?.position ?? position;
      clock.time += 500;
      await new Promise((resolve) => setTimeout(resolve, 2));
    };
    for (let count = 0; count < 60; count++) await turn();
    expect(stream.lines).toEqual(['resume 0']);
    expect(source.status).toBe('disconnected');
    source.committed?.(position ?? '');
    for (let count = 0; count < 60 && stream.lines.length < 2; count++) await turn();
    expect(stream.lines[1]).toMatch(/^resume [05]$/);
    source.committed?.(position ?? '');
    for (let count = 0; count < 60; count++) {
      await turn();
      source.committed?.(position ?? '');
    }
    expect(source.status).toBe('caught-up');
    source.close();
  });
});
