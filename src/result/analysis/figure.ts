/** Something to be drawn: what it shows, in words and in numbers. */
import { z } from 'zod';

/** @param data everything the drawing needs */
export const figure = <T extends z.ZodType>(data: T) =>
  z.object({
    title: z.string(),
    /** What the drawing supports, with its numbers. */
    sentence: z.string(),
    data,
  });

/** A number, or why there is none. */
export const measureSchema = z.union([
  z.object({ value: z.number(), reason: z.null() }),
  z.object({ value: z.null(), reason: z.string() }),
]);

export type Measure = z.infer<typeof measureSchema>;

export const measure = (value: number): Measure => ({ value, reason: null });
export const notComputable = (reason: string): Measure => ({ value: null, reason });
