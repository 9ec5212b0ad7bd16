import { StartupError } from '@mcp-auth/app-sample-kit';
import type { AuthServerConfig } from '@mcp-auth/express';

/** Which tokens are accepted beside the JWTs of the issuer. */
export interface TokenSettings {
  /** How the issuer is asked about opaque tokens (RFC 7662). Default: not at all. */
  readonly introspection?: AuthServerConfig['introspection'];
  /** Accepts whatever the userinfo endpoint accepts, for as many seconds at most, instead of JWTs. Default: no. */
  readonly userInfoMaxAgeSeconds?: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {StartupError} one sentence that names what is missing or wrong */
export function readTokenSettings(env: Environment): TokenSettings {
  const { INTROSPECTION_CLIENT_ID: clientId, INTROSPECTION_CLIENT_SECRET: clientSecret } = env;
  if ((clientId === undefined) !== (clientSecret === undefined)) {
    throw new StartupError('INTROSPECTION_CLIENT_ID and INTROSPECTION_CLIENT_SECRET go together.');
  }
  if (clientId === undefined || clientSecret === undefined) return readUserInfo(env);
  return {
    introspection: {
      clientAuthentication: { method: 'client_secret_basic', clientId, clientSecret },
    },
  };
}

function readUserInfo(env: Environment): TokenSettings {
  const { ACCEPT_TOKENS_OF_ANY_APPLICATION: accepts, USERINFO_MAX_AGE_SECONDS: maxAge = '300' } = env;
  if (accepts !== 'yes') return {};
  if (/^[1-9]\d{0,3}$/.test(maxAge)) return { userInfoMaxAgeSeconds: Number(maxAge) };
  throw new StartupError('USERINFO_MAX_AGE_SECONDS is not a number of seconds from 1 to 9999.');
}
