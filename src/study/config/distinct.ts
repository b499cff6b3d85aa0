/** Whether a list has nothing twice: no value, and no two objects that say the same. */
export const distinct = (values: readonly unknown[]): boolean =>
  new Set(values.map((value) => JSON.stringify(value))).size === values.length;
