import type { HeadedFrame } from './headed-frame.ts';

/** A request and its response. It has a constructor for the same reason as its frames. */
export class MatchedPair {
  readonly key: string | number;
  readonly request: HeadedFrame;
  readonly response: HeadedFrame;
  /** Position of the one that came later. */
  readonly at: number;

  constructor(request: HeadedFrame, response: HeadedFrame, at: number) {
    this.key = request.key;
    this.request = request;
    this.response = response;
    this.at = at;
  }
}
