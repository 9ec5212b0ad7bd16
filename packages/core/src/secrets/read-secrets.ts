/** RFC 2104 §3: as long as the hash, at least. */
export const minSecretBytes = 32;

/** Every one of them is tried for all that has to be verified. */
export const maxSecrets = 8;

/** Bytes of a secret; 0 for what is none. */
export function sizeOfSecret(value: unknown): number {
  if (value instanceof Uint8Array) return value.byteLength;
  return typeof value === 'string' ? new TextEncoder().encode(value).byteLength : 0;
}

/** Secrets as bytes. Where there is none, it is made up, and not before it is asked for: Workers give no random numbers before there is a request. */
export function readSecrets(
  given: readonly (string | Uint8Array)[] | undefined,
): readonly (() => Uint8Array)[] {
  if (given === undefined) return [() => crypto.getRandomValues(new Uint8Array(minSecretBytes))];
  return given.map((each) => {
    const bytes = typeof each === 'string' ? new TextEncoder().encode(each) : Uint8Array.from(each);
    return () => bytes;
  });
}
