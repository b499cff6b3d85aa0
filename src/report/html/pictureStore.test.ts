import { describe, expect, it } from 'vitest';
import { createPictureStore } from './pictureStore.ts';

const read = (file: string) => new TextEncoder().encode(file);
const count = (text: unknown, part: string) => String(text).split(part).length - 1;

describe('a store of pictures', () => {
  it('keeps what a gallery needs as text, once', async () => {
    const store = createPictureStore(read);
    expect([store.keep('a.png'), store.keep('b.webp'), store.keep('a.png')]).toEqual([0, 1, 0]);
    // printf a.png | base64
    expect(String(await store.rest())).toBe(
      '<script type="text/plain" id="picture-0">data:image/png;base64,YS5wbmc=</script>' +
        '<script type="text/plain" id="picture-1">data:image/webp;base64,Yi53ZWJw</script>',
    );
  });

  it('does not keep what is shown anyway', async () => {
    const store = createPictureStore(read);
    const first = await store.image('a.png', 'a "nut"');
    expect(String(first)).toContain('<img id="picture-0" alt="a &quot;nut&quot;"');
    expect(count(await store.image('a.png', 'again'), 'id=')).toBe(0);
    expect(store.keep('a.png')).toBe(0);
    expect(String(await store.rest())).toBe('');
  });

  it('refuses what is no picture', async () => {
    await expect(createPictureStore(read).image('a.svg', '')).rejects.toThrow(
      'a.svg cannot be shown on a page',
    );
  });
});
