/** An SVG drawing as PNG: the same bytes on every machine, with fonts of our own alone. */
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';

const FAMILY = 'Libertinus Serif';

const fontFile = (style: string): string =>
  createRequire(import.meta.url).resolve(
    `@expo-google-fonts/libertinus-serif/${style}/LibertinusSerif_${style}.ttf`,
  );

const FONTS = ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'];

/** At twice its size, on white. Text is in the paper's font, whatever the drawing asks for. */
export async function drawPng(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      fontFiles: FONTS.map(fontFile),
      loadSystemFonts: false,
      defaultFontFamily: FAMILY,
      serifFamily: FAMILY,
      sansSerifFamily: FAMILY,
      monospaceFamily: FAMILY,
    },
  });
  return image.asPng();
}
