/** One piece of the state: bytes by a key. */
export interface StateEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** A piece of the state that is new or different, or gone (`null`). */
export interface StateChange {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
}

/** Looks up a piece of the state as it was committed last; `undefined` when it is not there. */
export type StoredState = (key: Uint8Array) => Uint8Array | undefined;

/** First bytes of keys: the control record, blocks of open entries, blocks of identities. */
export const stateKinds = { control: 1, open: 2, identities: 3 } as const;
