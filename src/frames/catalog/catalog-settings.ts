import type { CodecOptions } from '../../codec/codec-options.ts';
import type { CompressionScheme } from '../compression/compression.ts';
import type { CorrelationSettings, FrameRole, TimeFormat } from './catalog.ts';

type Maybe<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** A catalog as its file says it: what is not there is absent, names are not looked up yet. */
export interface CatalogSettings {
  readonly protocol: string;
  readonly description?: string | undefined;
  readonly decoding?: DecodingSettings | undefined;
  readonly include?: readonly string[] | undefined;
  readonly header: HeaderSettings;
  readonly discriminators?: readonly string[] | undefined;
  readonly types: Readonly<Record<string, FrameTypeSettings>>;
  readonly correlation?: Maybe<CorrelationSettings> | undefined;
}

/** The header as the file describes it. */
export interface HeaderSettings {
  readonly copybook: string;
  /** The 01, when the copybook has several. */
  readonly record?: string | undefined;
  readonly included: boolean;
  readonly fields: { readonly type: string; readonly key: string } & Maybe<
    Record<'direction' | 'sequence' | 'time' | 'length' | 'flags', string>
  >;
  readonly direction?: Maybe<Record<FrameRole, readonly string[]>> | undefined;
  readonly time?: Maybe<{ format: TimeFormat['kind']; offset: number }> | undefined;
  readonly length?: Maybe<{ counts: 'frame' | 'body'; adjustment: number }> | undefined;
  readonly maximum?: number | undefined;
}

/** A frame type as the file describes it. */
export interface FrameTypeSettings {
  readonly title?: string | undefined;
  readonly copybook: string;
  readonly role: FrameRole;
  readonly pairsWith?: string | undefined;
  readonly when?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly compression?: CompressionSettings | undefined;
  readonly record?: string | undefined;
  readonly recordWhen?: readonly string[] | undefined;
  readonly views?: readonly string[] | undefined;
  readonly fields?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly events?: readonly EventSettings[] | undefined;
}

/** A byte, or a word for one. */
export type ByteSetting = number | 'blank' | 'zero';

/** How a body is compressed as the file says it. */
export interface CompressionSettings {
  readonly scheme: CompressionScheme;
  readonly flag?: string | undefined;
  readonly fill?: ByteSetting | undefined;
  readonly prime?: ByteSetting | undefined;
  readonly fields?: readonly number[] | undefined;
}

/** An event as the file describes it. */
export interface EventSettings {
  readonly event: string;
  readonly when?: readonly string[] | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

/** The options of copybooks, layouts and codecs that hold for all types. */
export type DecodingSettings = Omit<CodecOptions, 'record' | 'recordWhen' | 'view' | 'field' | 'select' | 'format'>;
