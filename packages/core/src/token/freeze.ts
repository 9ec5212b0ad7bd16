/** Freezes a JSON value with everything in it, without recursion: claims may be nested as deep as JSON allows. */
export function deepFreeze<T>(value: T): T {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const current = pending.pop();
    if (typeof current !== 'object' || current === null || Object.isFrozen(current)) continue;
    // Bytes cannot be frozen
    if (ArrayBuffer.isView(current)) continue;
    Object.freeze(current);
    for (const member of Object.values(current)) pending.push(member);
  }
  return value;
}
