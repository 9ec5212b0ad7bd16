/**
 * What reading a request body led to. Whoever reads hands the parsed value on, so that what was judged is what is run.
 */
export type BodyOutcome =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'too-large' }
  /** The body has a content coding, which is not undone here. */
  | { readonly kind: 'encoded' };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parses the bytes of a body as JSON in UTF-8 (RFC 8259 §8.1). */
export function parseJsonBody(bytes: Uint8Array | string): BodyOutcome {
  if (bytes.length === 0) return { kind: 'empty' };
  try {
    return {
      kind: 'json',
      value: JSON.parse(typeof bytes === 'string' ? bytes : utf8.decode(bytes)) as unknown,
    };
  } catch {
    return { kind: 'not-json' };
  }
}

/** Puts chunks together. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    result.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return result;
}
