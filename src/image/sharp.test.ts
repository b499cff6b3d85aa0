import { expect, it } from 'vitest';
import { openStrictly } from './sharp.ts';

it('has no decoder for what is no photograph, and may read other files', async () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"></svg>';
  await expect((await openStrictly(Buffer.from(drawing))).metadata()).rejects.toThrow(
    /unsupported/,
  );
});
