import { StartupError } from '@mcp-auth/app-sample-kit';
import { expect, it } from 'vitest';
import { readTokenSettings } from '../src/token-settings.js';

it.each([
  [{ INTROSPECTION_CLIENT_ID: 'whoami' }, 'go together'],
  [{ INTROSPECTION_CLIENT_SECRET: 'secret-of-whoami' }, 'go together'],
  [{ ACCEPT_TOKENS_OF_ANY_APPLICATION: 'yes', USERINFO_MAX_AGE_SECONDS: '0' }, 'USERINFO_MAX_AGE_SECONDS'],
  [{ ACCEPT_TOKENS_OF_ANY_APPLICATION: 'yes', USERINFO_MAX_AGE_SECONDS: '1h' }, 'USERINFO_MAX_AGE_SECONDS'],
])('says in one sentence what is wrong with %j, and no secret', (env, part) => {
  const read = () => readTokenSettings(env);
  expect(read).toThrow(StartupError);
  expect(read).toThrow(part);
  expect(read).not.toThrow('secret-of-whoami');
});

it('takes JWTs only where nothing else is said', () => {
  expect(readTokenSettings({})).toEqual({});
  expect(readTokenSettings({ ACCEPT_TOKENS_OF_ANY_APPLICATION: 'no' })).toEqual({});
});

it('asks the issuer about opaque tokens with the credentials it was given', () => {
  const env = { INTROSPECTION_CLIENT_ID: 'whoami', INTROSPECTION_CLIENT_SECRET: 'secret' };
  expect(readTokenSettings(env)).toEqual({
    introspection: {
      clientAuthentication: {
        method: 'client_secret_basic',
        clientId: 'whoami',
        clientSecret: 'secret',
      },
    },
  });
});
