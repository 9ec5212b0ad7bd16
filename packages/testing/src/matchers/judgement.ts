/** What a matcher found. */
export interface Judgement {
  readonly pass: boolean;
  /** Why it does not pass; empty where it does. */
  readonly message: string;
}

const longest = 200;

/** A value of a response as a message may show it: on one line, bounded, and never a token. */
export function show(value: string): string {
  const withoutTokens = value.replaceAll(/eyJ[\w-]*(?:\.[\w-]*)*|opaque-[\w-]+/g, '[token]');
  const plain = withoutTokens.replaceAll(/[^\x20-\x7e]/g, '?');
  return JSON.stringify(plain.length > longest ? `${plain.slice(0, longest)}…` : plain);
}

/** `a, b and c`. */
export function list(names: readonly string[]): string {
  if (names.length < 2) return names.map(show).join('');
  return `${names.slice(0, -1).map(show).join(', ')} and ${show(names.at(-1) ?? '')}`;
}
