/** Shorter pieces turn up by chance. */
const pieceLength = 12;

/** The value without secrets, and without the parts of tokens that stand between dots. */
export function concealIn<Value>(value: Value, secrets: ReadonlySet<string>): Value {
  const pieces = [...secrets]
    .flatMap((secret) => [secret, ...secret.split('.')])
    .filter(({ length }) => length >= pieceLength)
    .sort((one, other) => other.length - one.length);
  const conceal = (text: string): string =>
    pieces.reduce((rest, piece) => rest.replaceAll(piece, '[concealed]'), hideCredentials(text));
  return walk(value, conceal) as Value;
}

/** What stands behind a scheme, whoever made it. */
function hideCredentials(text: string): string {
  return text.replaceAll(/\b(Bearer|DPoP)\s+[\w.~+/-]{12,}=*/gi, '$1 [concealed]');
}

function walk(value: unknown, conceal: (text: string) => string): unknown {
  if (typeof value === 'string') return conceal(value);
  if (Array.isArray(value)) return value.map((each) => walk(each, conceal));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, conceal)]));
}
