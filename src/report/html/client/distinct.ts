/** Each value once, in the order of their first appearance. */
export const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];
