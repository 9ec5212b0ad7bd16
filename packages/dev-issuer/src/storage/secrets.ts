import { randomBytes } from 'node:crypto';
import { createSigningKey, type SigningJwk } from '../provider/signing-key.js';

/** What nobody else may know, made once. */
export interface Secrets {
  readonly signingKey: SigningJwk;
  /** Signs cookies. */
  readonly cookieKey: string;
  /** Makes the nonces of proofs (RFC 9449 §8): 32 bytes in base64url. */
  readonly nonceSecret: string;
  /** With it, a resource server asks about opaque tokens (RFC 7662). */
  readonly resourceServerSecret: string;
}

export function createSecrets(): Secrets {
  const random = (): string => randomBytes(32).toString('base64url');
  return {
    signingKey: createSigningKey(),
    cookieKey: random(),
    nonceSecret: random(),
    resourceServerSecret: random(),
  };
}

/** The secrets of an earlier run; nothing where the file says something else. */
export function readSecrets(value: unknown): Secrets | undefined {
  if (!isRecord(value)) return undefined;
  const { signingKey, cookieKey, nonceSecret, resourceServerSecret } = value;
  const isKey =
    isRecord(signingKey) &&
    signingKey['kty'] === 'EC' &&
    ['x', 'y', 'd', 'kid'].every((member) => typeof signingKey[member] === 'string');
  const areTexts = [cookieKey, nonceSecret, resourceServerSecret].every(
    (text) => typeof text === 'string' && text.length === 43,
  );
  return isKey && areTexts ? (value as unknown as Secrets) : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
