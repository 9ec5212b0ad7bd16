/** What a test needs and cannot do without: it is there, or this machine cannot have it. */
export type Obtained<T> = { readonly value: T; readonly reason?: undefined } | { readonly reason: string };

/** Gets a program; where that fails its tests are skipped, with the reason in their title. */
export async function obtain<T>(what: string, get: () => Promise<T>): Promise<Obtained<T>> {
  try {
    return { value: await get() };
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    return { reason: `${what} is not to be had here: ${message.split('\n')[0] ?? ''}` };
  }
}
