/**
 * Does something as a user who has no rights to other people's files. CI runs as root, which may
 * read and write everything: there it becomes `nobody` meanwhile.
 */
const NOBODY = 65534;

export async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
