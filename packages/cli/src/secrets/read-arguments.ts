import { readHttpUrl } from '../shared/files.js';
import type { Secrets } from './secrets.js';

/** Parameters of URLs, and flags that do not exist, by which people hand over a secret. */
const secretName = /token|secret|passw|api-?_?key|assertion|^(?:key|sig|signature)$/i;

/** A JWS or a JWE in compact form, or the name of a host. */
const parts = /\be[wy][\w-]{6,}\.[\w-]+(?:\.[\w-]*){1,3}/g;

/** Shorter values are words of the report too. */
const shortest = 8;

/**
 * Remembers what looks like a secret in the arguments, wherever it stands: a mistyped flag is quoted by the line that says so. One in a
 * URL may go to that URL alone.
 */
export function concealArguments(args: readonly string[], secrets: Secrets): void {
  for (const [at, argument] of args.entries()) {
    const url = readHttpUrl(argument);
    for (const secret of url === undefined ? secretsOf(argument, args[at - 1]) : secretsOfUrl(url))
      secrets.add(secret, ...(url === undefined ? [] : [url.origin]));
  }
}

function secretsOf(argument: string, before = ''): readonly string[] {
  const [, name = '', value = ''] = /^--?([\w-]+)=(.*)$/s.exec(argument) ?? [];
  const isNamed = secretName.test(name) && !name.endsWith('-file') && value.length >= shortest;
  const isAnswer = before === '--answer' && secretName.test(argument.split('=', 1)[0] ?? '');
  const answer = isAnswer ? argument.slice(argument.indexOf('=') + 1) : '';
  return [...jwtsIn(argument), ...(isNamed ? [value] : []), ...(answer === '' ? [] : [answer])];
}

function secretsOfUrl(url: URL): readonly string[] {
  const named = [...url.searchParams].flatMap(([name, value]) =>
    secretName.test(name) && value.length >= shortest ? [value] : [],
  );
  return [
    ...jwtsIn(decode(url.href)),
    ...named,
    ...(url.password.length < shortest ? [] : [decode(url.password)]),
  ];
}

/** Their header is a JSON object: the name of a host is none. */
function jwtsIn(text: string): readonly string[] {
  return (text.match(parts) ?? []).filter((found) => {
    try {
      JSON.parse(Buffer.from(found.split('.', 1)[0] ?? '', 'base64url').toString());
      return true;
    } catch {
      return false;
    }
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
