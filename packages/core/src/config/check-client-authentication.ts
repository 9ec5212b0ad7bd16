import { isToken68 } from '../credentials/token68.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { checkPrivateKey } from './private-key.js';

const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'bearer'] as const;

/**
 * Checks how a resource server says who it is. No message ever holds a secret.
 *
 * @throws {MCPAuthConfigError} with the path of the option at fault
 */
export function checkClientAuthentication(authentication: unknown, path: string): void {
  if (typeof authentication !== 'object' || authentication === null) {
    throw invalid(path, `must be an object with a method: ${methods.join(', ')} (RFC 7662 §2.1).`);
  }
  // A caller without TypeScript may leave out anything
  const given = authentication as Partial<Record<string, unknown>>;
  const { method } = given;
  if (!(methods as readonly unknown[]).includes(method)) {
    throw invalid(`${path}.method`, `must be one of ${methods.join(', ')}.`);
  }
  if (method !== 'bearer' || given.clientId !== undefined) checkText(given.clientId, `${path}.clientId`);
  if (method === 'client_secret_basic' || method === 'client_secret_post') {
    checkText(given.clientSecret, `${path}.clientSecret`);
  }
  if (method === 'bearer') checkToken(given.token, `${path}.token`);
  if (method === 'private_key_jwt') {
    for (const name of ['kid', 'audience']) {
      if (given[name] !== undefined) checkText(given[name], `${path}.${name}`);
    }
    checkPrivateKey(authentication as Parameters<typeof checkPrivateKey>[0], path);
  }
}

function checkToken(token: unknown, path: string): void {
  if (typeof token === 'function' || (typeof token === 'string' && isToken68(token))) return;
  throw invalid(
    path,
    'must be a bearer token (RFC 6750 §2.1), without the word Bearer and without a blank or a line break around it, or a function.',
  );
}

const controlCharacter = /\p{Cc}/u;

function checkText(value: unknown, path: string): void {
  if (typeof value !== 'string' || value === '') throw invalid(path, 'must be a non-empty string.');
  if (!controlCharacter.test(value)) return;
  // RFC 6749 Appendix A.1, A.2
  throw invalid(path, 'holds a line break or another control character. Trim what was read from a file.');
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}
