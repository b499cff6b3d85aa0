/** Shapes of tensors in a graph. */

/** A number, or a name where the size is only known when the graph runs. */
export type Dim = number | string;
export type Shape = readonly Dim[];

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;
