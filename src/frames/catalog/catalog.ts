import type { Codec } from '../../codec/create-codec.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import type { CompressionOptions, CompressionScheme } from '../compression/compression.ts';

/** What a frame can be in a conversation. */
export const frameRoles = ['request', 'response', 'notice'] as const;

/** What a frame is in a conversation. */
export type FrameRole = (typeof frameRoles)[number];

/** A protocol: its header, its frame types, and how they belong together. Made by `loadCatalog`. */
export interface Catalog {
  /** The file as the user named it. */
  readonly file: string;
  readonly protocol: string;
  readonly description: string;
  readonly header: CatalogHeader;
  /** In the order of the file. */
  readonly types: readonly FrameType[];
  readonly correlation: CorrelationSettings;
  /** By name, case-blind. */
  typeNamed(name: string): FrameType | undefined;
  /**
   * The files it is read from, as they are found from here: its own, the copybooks of header and types, and of those that were read so far
   * the COPY members.
   */
  files(): readonly string[];
}

/** The header every frame starts with, and what its fields mean. */
export interface CatalogHeader {
  readonly record: RecordLayout;
  /** Reads the header alone, by the catalog's decoding options; `record` is the one record of its layout. */
  readonly codec: Codec;
  /** Bytes. */
  readonly length: number;
  readonly codepage: string;
  readonly fields: {
    readonly type: LayoutItem;
    readonly direction: LayoutItem | null;
    /** Elementary, or a group: then its bytes are read as one text, digits as a number. */
    readonly key: LayoutItem;
    readonly sequence: LayoutItem | null;
    readonly time: LayoutItem | null;
    readonly length: LayoutItem | null;
    /** Elementary, or a bit group. */
    readonly flags: LayoutItem | null;
  };
  /** Values of the direction field; a role that no value stands for follows from the type alone. */
  readonly directions: Readonly<Record<FrameRole, readonly string[]>>;
  readonly timeFormat: TimeFormat;
  /** What the length field counts, and what is added to its value to get the bytes of the whole frame. */
  readonly lengthAdjustment: number;
  /** Frames longer than this are misread framing. Default 32,760 bytes. */
  readonly maximumFrame: number;
  /** Header fields whose values tell the type; the type field alone by default. */
  readonly discriminators: readonly LayoutItem[];
}

/**
 * How the header writes the event time: a count since 1970, `stck` (8 bytes of the TOD clock, bit 51 a microsecond, from 1900), or
 * digits as `YYYYMMDDHHMMSS`, with fractions as `…SSmmm`. Digits are UTC plus `offset` minutes.
 */
export interface TimeFormat {
  readonly kind: 'seconds' | 'milliseconds' | 'microseconds' | 'stck' | 'digits';
  readonly offset: number;
}

/** One type of frame. Its copybook is read when someone first asks for its codec. */
export interface FrameType {
  /** Position in the catalog's `types`. */
  readonly index: number;
  readonly name: string;
  readonly title: string;
  readonly role: FrameRole;
  /** Name of the request or response it goes with. */
  readonly pairsWith: string | null;
  /** How its body is compressed, always or when the flag is set. */
  readonly compression: Compression | null;
  /** Values of the discriminators, in their order: several mean any of them, none at all any value. */
  readonly when: readonly (readonly string[])[];
  readonly events: readonly EventMapping[];
  /** The copybook's file, as it is found from here. */
  readonly copybook: string;
  /** Where the catalog describes it. */
  readonly position: { readonly file: string; readonly line: number; readonly column: number };
  /**
   * The codec of the whole frame, decompressed: the items of the header, then those of the body, as one record. Prepared on the first
   * call. Throws a CopybookError, or what options with unknown names throw.
   */
  codec(): Codec;
}

/** How a body is compressed. */
export interface Compression {
  readonly scheme: CompressionScheme;
  readonly options: CompressionOptions;
  /** Bits of the header's flags of which one must be set; 0: always compressed. */
  readonly flag: number;
}

/** An event that a frame, or a request together with its response, yields. */
export interface EventMapping {
  /** Also the name of its topic. */
  readonly event: string;
  /** Member of the event → field; `request.NAME` and `response.NAME` choose a side of a pair. Every event has an `id` besides. */
  readonly fields: Readonly<Record<string, string>>;
  /** Conditions in CEL, which must all hold. */
  readonly when: readonly string[];
}

/** How requests and responses are joined; times in milliseconds. */
export interface CorrelationSettings {
  readonly before: number;
  readonly after: number;
  readonly grace: number;
  readonly disorder: number;
  readonly maxFuture: number;
}
