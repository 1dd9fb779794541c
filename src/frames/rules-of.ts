import { CaptureRules } from './capture-rules.ts';
import { checkedFrameCheck, type FrameCheck } from './frame-check.ts';
import type { FrameRules } from './frame-rules.ts';
import { HeaderLengthRules } from './header-length-rules.ts';

/** Frames of a protocol: captured ones each behind its prefix, or one after the other as long as their headers say. */
export type ProtocolFormat =
  | { readonly format: 'capture'; readonly header: FrameCheck }
  | {
      readonly format: 'frames';
      readonly header: FrameCheck;
      /** Whether a frame that nothing follows yet is taken: on a line the next one may be long in coming. Default `false`. */
      readonly live?: boolean;
    };

/** Make the rules of a format. Throws USAGE for a check that cannot be. */
export function rulesOf(format: ProtocolFormat): FrameRules {
  const check = checkedFrameCheck(format.header);
  return format.format === 'capture' ? new CaptureRules(check) : new HeaderLengthRules(check, format.live);
}
