import type { CorrelateSettings } from '../streams/correlate-settings.ts';
import type { OptionTable } from './decoding-options.ts';
import { duration } from './option-definition.ts';

/** How requests and responses are joined, where that is not as the catalog says. */
export type CorrelationOptions = Partial<Pick<CorrelateSettings, 'before' | 'after' | 'grace' | 'disorder'>>;

const standard = 'that of the catalog';

/** A definition for each of them. */
export const correlationOptions: OptionTable<CorrelationOptions> = {
  before: duration('Correlation', 'TIME', 'how much earlier than its request a response may be', { standard }),
  after: duration('Correlation', 'TIME', 'how much later than its request a response may be', { standard }),
  grace: duration('Correlation', 'TIME', 'how much longer a frame waits for its partner', { standard }),
  disorder: duration('Correlation', 'TIME', 'how far times may lie behind the latest one seen', { standard }),
};

/** The settings that are given, and no others. */
export function correlationSettings({ before, after, grace, disorder }: CorrelationOptions): CorrelationOptions {
  const given = Object.entries({ before, after, grace, disorder }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as CorrelationOptions;
}
