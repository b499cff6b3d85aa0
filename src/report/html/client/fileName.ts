/** A name for a download, from any text: letters and digits of any script, `-`, `_` and points within. */
export function fileName(text: string, extension: string): string {
  const plain = text.replace(/[^\p{Letter}\p{Number}._-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '');
  return `${[...plain].slice(0, 80).join('') || 'figure'}.${extension}`;
}
