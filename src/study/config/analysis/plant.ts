/** The line that costs are counted for. */
import { z } from 'zod';

const share = z.number().gt(0).lt(1);

export const plantConfig = z.strictObject({
  partsPerDay: z.number().positive().default(20_000).describe('parts the line makes a day'),
  defectRate: share.default(0.002).describe('share of them that is defective'),
  escapeCost: z.number().positive().default(50).describe('of a defective part that passes'),
  falseRejectCost: z.number().positive().default(0.4).describe('of a good part that is rejected'),
  currency: z.string().min(1).nullable().default(null).describe('of both costs, for the reader'),
  promisedFpr: share.default(0.01).describe('false positive rate to be promised'),
});
