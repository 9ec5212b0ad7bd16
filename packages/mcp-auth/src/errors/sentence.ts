/** The sentence for a code. A code that is not among them, a name that every object inherits included, has the fallback. */
export function findSentence(
  sentences: Readonly<Record<string, string>>,
  code: unknown,
  fallback: string,
): string {
  return typeof code === 'string' && Object.hasOwn(sentences, code)
    ? (sentences[code] ?? fallback)
    : fallback;
}

/** A fixed sentence, and what happened exactly where that is known. */
export function describe(sentence: string, cause: unknown): string {
  return cause instanceof Error ? `${sentence} ${cause.message}` : sentence;
}
