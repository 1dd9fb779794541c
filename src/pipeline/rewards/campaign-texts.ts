import { campaignKind } from '../../rewards/campaign-kind.ts';
import type { CampaignMatcher } from '../../rewards/campaign-matcher.ts';
import { CampaignMemory } from '../../rewards/campaign-memory.ts';
import { matcherInSteps } from '../../rewards/compile-matcher.ts';
import { campaignsInSteps } from '../../rewards/read-campaigns.ts';
import { runInSlices, runSteps } from '../../rewards/run-steps.ts';
import { syntaxError } from '../../settings/settings-file.ts';
import type { CampaignText } from './campaign-text.ts';
import { isReference, type KeptTexts } from './kept-texts.ts';
import { textInSteps } from './text-in-steps.ts';

const kept = 4; // texts: those that partitions are about to put into force

/** Makes matchers of the texts of campaigns: ahead of time where they come from a file, so that no bet waits for them. */
export class CampaignTexts {
  readonly #file: string;
  /** By text, or by reference to it. */
  readonly #ready = new Map<string, CampaignMatcher | Error>();
  readonly #memory = new CampaignMemory();
  /** The text that came last, which is not kept yet. */
  #newest: CampaignText | null = null;
  /** The one that was made last, which the next one is to follow. */
  #last: CampaignMatcher | null = null;

  /** `file` is where messages say that mistakes are. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Hear of a text whose matcher is to be made when somebody asks for it. */
  hear(text: CampaignText): void {
    this.#newest = text;
  }

  /** Make the matcher of a text while other work has its turn; what is wrong with it is thrown by `compile`. */
  async prepare(coming: CampaignText): Promise<void> {
    const { bytes, reference, isLong } = coming;
    this.hear(coming);
    let name = reference;
    try {
      const text = await runInSlices(this.#decoded(bytes));
      if (!isLong) name = text;
      if (!this.#ready.has(name)) this.#keep(name, await runInSlices(this.#matcherOf(text)));
    } catch (error) {
      this.#keep(name, error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Give the matcher of a text, or of one that is kept. Throws what is wrong with the campaigns, and JOURNAL_INPUT when it is not there. */
  compile(text: string, texts: KeptTexts): CampaignMatcher {
    const ready = this.#ready.get(text);
    if (ready instanceof Error) throw ready;
    if (ready !== undefined) return ready;
    const matcher = runSteps(this.#matcherOf(isReference(text) ? this.#referred(text, texts) : text));
    this.#keep(text, matcher);
    return matcher;
  }

  #referred(reference: string, texts: KeptTexts): string {
    const newest = this.#newest?.reference === reference ? this.#newest.bytes : null;
    return runSteps(this.#decoded(newest ?? texts.get(reference)));
  }

  *#matcherOf(text: string): Generator<void, CampaignMatcher> {
    const set = yield* campaignsInSteps(text, this.#file, undefined, this.#memory);
    return yield* matcherInSteps(set, undefined, this.#last?.set);
  }

  *#decoded(bytes: Uint8Array): Generator<void, string> {
    try {
      return yield* textInSteps(bytes);
    } catch {
      const start = { file: this.#file, line: 1, column: 1, lineText: '' };
      throw syntaxError(campaignKind, [start], 'the file is no text in UTF-8', campaignKind.textHint);
    }
  }

  #keep(name: string, matcher: CampaignMatcher | Error): void {
    this.#ready.set(name, matcher);
    if (!(matcher instanceof Error)) this.#last = matcher;
    const [oldest] = this.#ready.keys();
    if (this.#ready.size > kept && oldest !== undefined) this.#ready.delete(oldest);
  }
}
