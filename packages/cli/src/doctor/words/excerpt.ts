const maxCharacters = 200;

/** The beginning of what a server said, to be put behind a sentence. Whoever prints it escapes it. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  return `: ${line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line}`;
}
