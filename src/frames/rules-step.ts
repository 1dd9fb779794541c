import type { FrameRules } from './frame-rules.ts';
import type { FrameWindow } from './frame-window.ts';

/** Cut what comes in chunks by rules. */
export function rulesStep(rules: FrameRules): (window: FrameWindow) => boolean {
  return (window) => {
    const finding = rules.decide(window.buffer, window.front, window.back, window.ended);
    if (finding === 'more') return false;
    const { length, problem } = rules;
    if (finding === 'frame') {
      const time = rules.timeAt(window.buffer, window.front);
      if (rules.prefix > 0) window.word(rules.prefix);
      window.record(length, problem, Number.isNaN(time) ? null : time);
    } else if (problem !== null) {
      window.discard(length, problem.code, problem.message, rules.continued);
    }
    return true;
  };
}
