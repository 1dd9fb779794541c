import { OverpunchError } from '../errors.ts';
import { formatEquations, type PipelineSummary } from '../pipeline/pipeline-summary.ts';
import { BatchedWriter } from './batched-writer.ts';
import { drainedStatus } from './draining.ts';
import { standardOutput } from './output-target.ts';
import { rewardsText } from './rewards-text.ts';
import { summaryJson, summaryText } from './summary-text.ts';

const hint = 'this is a mistake in overpunch itself: please report it with the summary';

async function printOutput(text: string): Promise<void> {
  const output = new BatchedWriter(standardOutput());
  output.add(text);
  await output.commit();
}

function summaryIn(form: 'table' | 'equations' | 'json', summary: PipelineSummary): string {
  if (form === 'json') return `${JSON.stringify(summaryJson(summary), null, 2)}\n`;
  const text = form === 'table' ? summaryText(summary) : formatEquations(summary);
  return summary.rewards === null ? text : `${text}\n${rewardsText(summary.rewards)}`;
}

/**
 * Print what a pipeline came to, on standard output unless that is of other use, and give the exit status: that of the signal that ended it, 1 when
 * something is in quarantine. Throws ACCOUNT when the equations do not hold.
 */
export async function finishPipeline(
  summary: PipelineSummary,
  form: 'table' | 'equations' | 'json',
  print: (text: string) => void | Promise<void> = printOutput,
): Promise<number> {
  await print(summaryIn(form, summary));
  const [broken] = summary.rewards?.broken ?? [];
  if (broken !== undefined) throw new OverpunchError('ACCOUNT', `rewards do not add up: ${broken}`, { hint });
  if (!summary.balances) {
    throw new OverpunchError('ACCOUNT', 'the states of frames do not add up, or pairs are missing among the records', {
      hint,
    });
  }
  if (drainedStatus() !== 0) return drainedStatus();
  return summary.account.quarantined > 0 || summary.undecoded > 0 || summary.records.has('quarantine') ? 1 : 0;
}
