import { type StringControls, stringControls } from './string-controls.ts';

/** Run lengths: `0nnnnnnn` the next n bytes, `1nnnnnnn` n times the next byte, n = 1-127; `00` and `80` are invalid. */
export const runLengthControls: StringControls = stringControls({
  literal: { control: 0x00, longest: 127 },
  repeat: { control: 0x80, longest: 127 },
});
