import type { LayoutItem, Occurs } from './layout.ts';
import type { DataEntry } from './syntax.ts';

/** A layout item while the passes fill it in. Becomes the `LayoutItem` itself, so the passes must leave nothing open. */
export type DraftItem = {
  -readonly [K in Exclude<keyof LayoutItem, 'parent' | 'children' | 'redefines' | 'views' | 'occurs'>]: LayoutItem[K];
} & {
  parent: DraftItem | null;
  children: DraftItem[];
  redefines: DraftItem | null;
  views: DraftItem[];
  occurs: { -readonly [K in keyof Occurs]: Occurs[K] } | null;
  /** The entry it was made from; `null` for the group around a fragment. */
  readonly entry: DataEntry | null;
};
