import type { Environment } from './environment.ts';
import type { KeyedStore } from './keyed-store.ts';

/**
 * Commit some work, and what changed in keyed stores of the same environment, as one: on disk when it returns. When it throws, nothing was
 * kept, and the stores still hold their changes: `rollback` takes them back.
 */
export function commitStores<Result>(
  environment: Environment,
  stores: readonly KeyedStore[],
  work: () => Result,
): Result {
  const result = environment.commit(() => {
    const done = work();
    for (const store of stores) store.writeChanges();
    return done;
  });
  for (const store of stores) store.commit();
  return result;
}
