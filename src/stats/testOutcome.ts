/** What a significance test says, or why it says nothing. Plain data: survives JSON. */
export interface TestOutcome {
  /** Which number it is, is the test's; null where the test cannot be made. */
  readonly statistic: number | null;
  /** Two-sided: the probability of at least such a difference by chance; null as above. */
  readonly pValue: number | null;
  /** Why it cannot be made; null where it was. */
  readonly reason: string | null;
}

export const untestable = (reason: string): TestOutcome => ({
  statistic: null,
  pValue: null,
  reason,
});
