import { compilePlan } from '../codec/compiled/compile-plan.ts';
import { planText } from '../codec/compiled/plan-text.ts';
import { createCodec } from '../codec/create-codec.ts';
import type { Layout } from '../copybook/layout.ts';
import { codecOptions } from './codec-of-options.ts';
import type { LayoutOptions } from './load-layout.ts';

/** Print the plan of the compiled decoder for each record of a layout, or why it has none. */
export function layoutPlan(layout: Layout, options: LayoutOptions): string {
  return layout.records
    .map((record) => {
      const plan = compilePlan(createCodec({ ...layout, records: [record] }, codecOptions(options)));
      return 'refused' in plan ? `record ${record.name}: reference decoder (${plan.refused})\n` : planText(plan);
    })
    .join('');
}
