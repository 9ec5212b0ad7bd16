import type { Secrets } from '../secrets/secrets.js';
import { redacted } from '../secrets/secrets.js';
import type { HeaderLine } from './exchange.js';

/** So much of a body is kept. */
const keptCharacters = 4096;

const secretHeader = /^(?:proxy-)?authorization$|^cookie$|^set-cookie$|^dpop$|^x-api-key$/i;

const names =
  '(?:access|refresh|id|registration_access|subject|actor)_?token|client_?secret|code|code_?verifier|(?:client_?)?assertion|password|device_?code|api_?key';

const jsonMember = new RegExp(`("(?:${names})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'gi');
const parameter = new RegExp(`((?:^|[?&#;])(?:${names})=)[^&#\\s"'<>]+`, 'gi');
const userinfo = /(:\/\/)[^/?#@\s]+@/g;

/** Text of an exchange as it may be kept: known secrets are gone, and what has the name of one. */
export function recordText(text: string, secrets: Secrets, characters = keptCharacters): string {
  return secrets
    .redact(text.slice(0, 2 * characters))
    .slice(0, characters)
    .replace(jsonMember, `$1"${redacted}"`)
    .replace(parameter, `$1${redacted}`)
    .replace(userinfo, `$1${redacted}@`);
}

/** Header lines as they may be kept: the scheme of credentials stays. */
export function recordHeaders(lines: readonly HeaderLine[], secrets: Secrets): readonly HeaderLine[] {
  return lines.map(([name, value]) => [name, recordValue(name, value, secrets)] as const);
}

function recordValue(name: string, value: string, secrets: Secrets): string {
  if (!secretHeader.test(name)) return recordText(value, secrets);
  const scheme = /^([\w-]+)\s+\S/.exec(value)?.[1];
  return scheme === undefined ? redacted : `${scheme} ${redacted}`;
}
