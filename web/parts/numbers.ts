/** Numbers as people read them. */
export const score = (value: number): string => String(Number(value.toPrecision(4)));

/** Never as if it were none or all of something that it is not. */
export const percent = (share: number): string => {
  const value = 100 * share;
  if (value > 0 && value < 0.1) return '<0.1%';
  if (value > 99.9 && value < 100) return '>99.9%';
  const hasDigit = (value > 0 && value < 9.95) || (value >= 99.5 && value < 100);
  return `${hasDigit ? value.toFixed(1) : Math.round(value)}%`;
};

export const milliseconds = (value: number): string =>
  value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
