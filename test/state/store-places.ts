import { commitStores } from '../../src/state/commit-stores.ts';
import type { EnvironmentPlace } from '../../src/state/conformance/environment-cases.ts';
import type { StorePlace } from '../../src/state/conformance/store-cases.ts';
import { createKeyedStore, openKeyedStore } from '../../src/state/open-keyed-store.ts';
import { places } from './environment-places.ts';

/** New empty places for every backend of keyed stores. */
export const storePlaces: Readonly<Record<string, () => StorePlace>> = {
  memory: () => ({
    keeps: false,
    open: () => {
      const store = createKeyedStore();
      return { store, commit: () => store.commit(), close: async () => {} };
    },
    remove: async () => {},
  }),
  'an environment in memory': () => inEnvironment(places.memory()),
  'an environment on LMDB': () => inEnvironment(places.LMDB()),
};

function inEnvironment(place: EnvironmentPlace): StorePlace {
  return {
    keeps: true,
    open: () => {
      const environment = place.open();
      const store = openKeyedStore(environment, 'state');
      return {
        store,
        commit: () => commitStores(environment, [store], () => undefined),
        close: () => environment.close(),
      };
    },
    remove: () => place.remove(),
  };
}
