import type { CodecOptions } from '../codec/codec-options.ts';
import type { MadeModule } from '../codec/compiled/made-module.ts';
import type { Layout } from '../copybook/layout.ts';
import type { ChunkedFile, ChunkSettings } from './chunk-decoder.ts';

/** What a worker is told: first what all chunks have in common, then file after file. */
export type CrewMessage =
  | {
      readonly kind: 'prepare';
      readonly layout: Layout;
      readonly codec: CodecOptions;
      readonly made: MadeModule | null;
      readonly settings: ChunkSettings;
    }
  | { readonly kind: 'file'; readonly file: ChunkedFile; readonly shared: SharedArrayBuffer };
