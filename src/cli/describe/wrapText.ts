/** Columns that text for reading is wrapped at. */
const WIDTH = 96;

/**
 * Breaks text between words, so that with the indent each line has at most 96 columns; a longer
 * word stands alone. All lines but the first are indented.
 */
export function wrapText(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    const fits = last !== undefined && indent + last.length + 1 + word.length <= WIDTH;
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
