import type { z } from 'zod';
import { duration } from '../../settings/settings-schema.ts';

const time = duration.optional();

/** The times of a correlation that a catalog sets, and a pipeline for itself. */
export const correlationTimes: Readonly<
  Record<'before' | 'after' | 'grace' | 'disorder' | 'maxFuture', z.ZodOptional<typeof duration>>
> = { before: time, after: time, grace: time, disorder: time, maxFuture: time };
