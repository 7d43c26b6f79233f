/** Processes each item, several at the same time. It begins none after the signal or after a failure. */
export async function forEachAtOnce<T>(
  atOnce: number,
  items: readonly T[],
  act: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let next = 0;
  let failed = false;
  const work = async () => {
    while (next < items.length && !failed && !signal?.aborted) {
      try {
        await act(items[next++]!);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
}
