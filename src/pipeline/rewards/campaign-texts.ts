import type { CampaignMatcher } from '../../rewards/campaign-matcher.ts';
import { CampaignMemory } from '../../rewards/campaign-memory.ts';
import { compileMatcher, compileMatcherInSlices } from '../../rewards/compile-matcher.ts';
import { parseCampaigns, parseCampaignsInSlices } from '../../rewards/load-campaigns.ts';

const kept = 4; // texts: those that partitions are about to put into force

/** Makes matchers of the texts of campaigns: ahead of time where they come from a file, so that no bet waits for them. */
export class CampaignTexts {
  readonly #file: string;
  readonly #ready = new Map<string, CampaignMatcher | Error>();
  readonly #coming = new Map<string, Promise<void>>();
  readonly #memory = new CampaignMemory();
  /** The one that was made last, which the next one is to follow. */
  #last: CampaignMatcher | null = null;

  /** `file` is where messages say that mistakes are. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Make the matcher of a text while other work has its turn; what is wrong with it is thrown by `compile`. */
  prepare(text: string): Promise<void> {
    if (this.#ready.has(text)) return Promise.resolve();
    let coming = this.#coming.get(text);
    if (coming === undefined) {
      coming = this.#prepare(text).finally(() => this.#coming.delete(text));
      this.#coming.set(text, coming);
    }
    return coming;
  }

  /** Give the matcher of a text. Throws what is wrong with the campaigns. */
  compile(text: string): CampaignMatcher {
    const ready = this.#ready.get(text);
    if (ready instanceof Error) throw ready;
    if (ready !== undefined) return ready;
    const matcher = compileMatcher(parseCampaigns(text, this.#file, undefined, this.#memory));
    this.#keep(text, matcher);
    return matcher;
  }

  async #prepare(text: string): Promise<void> {
    try {
      const set = await parseCampaignsInSlices(text, this.#file, undefined, this.#memory);
      this.#keep(text, await compileMatcherInSlices(set, undefined, this.#last));
    } catch (error) {
      this.#keep(text, error instanceof Error ? error : new Error(String(error)));
    }
  }

  #keep(text: string, matcher: CampaignMatcher | Error): void {
    this.#ready.set(text, matcher);
    if (!(matcher instanceof Error)) this.#last = matcher;
    const [oldest] = this.#ready.keys();
    if (this.#ready.size > kept && oldest !== undefined) this.#ready.delete(oldest);
  }
}
