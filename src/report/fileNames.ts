/** Names of files from ids: letters and digits of any script, and no two alike in any case. */

const LONGEST = 60;

/** Gives a name of its own to each id it is asked for. */
export function createFileNames(): (id: string) => string {
  const given = new Set<string>();
  return (id) => {
    const plain = id
      .normalize('NFC')
      .replace(/[^\p{Letter}\p{Mark}\p{Number}._-]+/gu, '-')
      .replace(/^[.-]+|[.-]+$/g, '');
    const stem = [...plain].slice(0, LONGEST).join('') || 'untitled';
    let name = stem;
    for (let count = 2; given.has(name.toLowerCase()); count++) name = `${stem}-${count}`;
    given.add(name.toLowerCase());
    return name;
  };
}
