const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Read a duration such as `200ms`, `2s`, `5m`, `1h` or `7d` in milliseconds; `null` for other text. */
export function parseDuration(text: string): number | null {
  const match = /^([0-9]{1,9})(ms|s|m|h|d)$/.exec(text.trim());
  return match === null ? null : Number(match[1]) * units[match[2] as keyof typeof units];
}
