import { MCPAuthConfigError } from '../errors/config-error.js';
import { table } from './check-options.js';
import { kind, type Kind } from './kinds.js';

/** RFC 9110 §5.5, in ASCII, as `fetch` takes it. */
const headerValue = kind<string>(
  'a header value: printable ASCII, without line breaks. Trim what was read from a file',
  (value) => typeof value === 'string' && /^(?:[!-~](?:[ \t!-~]*[!-~])?)?$/.test(value),
);

const values = table(headerValue);

/** Headers of the connection and of the body (RFC 9110 §7.2, §7.6.1, §8.6, §10.1.1): `fetch` writes them itself, and fails or goes on without what is given. */
const reserved: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Request headers: names as RFC 9110 §5.1 has them, each once. Values are never shown, they may be secrets. */
export const headers: Kind<Readonly<Record<string, string>>> = {
  ...values,
  inside: (value, path) => {
    const seen = new Set<string>();
    for (const name of Object.keys(value as object)) {
      const problem = findNameProblem(name, seen);
      if (problem !== undefined) throw new MCPAuthConfigError('invalid_option', path, problem);
      seen.add(name.toLowerCase());
    }
    values.inside?.(value, path);
  },
};

/** Under one spelling of each name (RFC 9110 §5.1: case does not matter), so that headers of two options replace each other and are not joined. */
export function normalizeHeaders(
  given: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> | undefined {
  return (
    given && Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
  );
}

/** A name that is not one may be a secret that got into the wrong place, so it is not shown. */
function findNameProblem(name: string, seen: ReadonlySet<string>): string | undefined {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
    return 'has a name that is not one of a header (RFC 9110 §5.1).';
  const lower = name.toLowerCase();
  if (reserved.has(lower)) return `must not have ${lower}, which fetch writes itself. Leave it out.`;
  return seen.has(lower) ? `has ${lower} twice, in different case. Write it once.` : undefined;
}
