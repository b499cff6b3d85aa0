/** Tasks done by processes that work side by side. */

/** Commands under attack at the same time. */
const LANES = 2;

/** @param run given a name that no other task has */
export async function inLanes<T, R>(
  tasks: readonly T[],
  run: (task: T, name: string) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (number: number) => {
    while (next < tasks.length) {
      const at = next++;
      results[at] = await run(tasks[at]!, `lane ${number} ${at}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  return results;
}
