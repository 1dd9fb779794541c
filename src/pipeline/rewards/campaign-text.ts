import { type ReferredText, referenceTo } from './kept-texts.ts';

const longestFrame = 1 << 16; // bytes

/** A text of campaigns as it stood in a file. */
export interface CampaignText extends ReferredText {
  /** SHA-256 of its bytes, in base64. */
  readonly hash: string;
  /** Whether journals refer to it; a short one stands in them. */
  readonly isLong: boolean;
}

/** Make a text of bytes whose hash is known. */
export function campaignText(bytes: Uint8Array, hash: string): CampaignText {
  return { bytes, hash, reference: referenceTo(hash), isLong: bytes.length > longestFrame };
}
