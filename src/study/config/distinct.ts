/** Whether a list has nothing twice. */
export const distinct = (values: readonly unknown[]): boolean =>
  new Set(values).size === values.length;
