/** Ids of elements: readable, safe in links and selectors, and each given once. */

export type PageIds = (text: string) => string;

export function createPageIds(): PageIds {
  const given = new Set<string>();
  return (text) => {
    const plain = slug(text);
    let id = plain;
    for (let count = 2; given.has(id); count++) id = `${plain}-${count}`;
    given.add(id);
    return id;
  };
}

/** Letters and digits of any script, joined by hyphens; at most 60 characters. */
export function slug(text: string): string {
  const words = text.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? [];
  return [...words.join('-')].slice(0, 60).join('') || 'part';
}
