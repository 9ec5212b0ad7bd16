import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  MCPAuthAuthServerError,
  MCPAuthBearerAuthError,
  MCPAuthConfigError,
  MCPAuthError,
  MCPAuthTokenVerificationError,
} from '../../src/index.js';

const page = 'https://github.com/mcp-auth/mcp-auth/blob/main/docs/errors.md';

describe('errors are told apart by who must act', () => {
  const errors = [
    new MCPAuthConfigError('invalid_option', 'a.b', 'must be c.'),
    new MCPAuthAuthServerError('request_failed', 'down', {
      cause: new Error('x'),
      details: { url: 'https://h' },
    }),
    new MCPAuthTokenVerificationError('token_expired'),
    new MCPAuthBearerAuthError('missing_credentials'),
  ];

  test('by class, all of one base', () => {
    for (const error of errors) {
      expect(error).toBeInstanceOf(MCPAuthError);
      expect(error).toBeInstanceOf(Error);
    }
    expect(errors.map(({ name }) => name)).toEqual([
      'MCPAuthConfigError',
      'MCPAuthAuthServerError',
      'MCPAuthTokenVerificationError',
      'MCPAuthBearerAuthError',
    ]);
  });

  test('and by a stable code, which JSON keeps together with its page and the details, but not the cause', () => {
    expect(errors.map((error) => JSON.parse(JSON.stringify(error)) as unknown)).toEqual([
      {
        name: 'MCPAuthConfigError',
        code: 'invalid_option',
        message: 'a.b: must be c.',
        link: `${page}#invalid_option`,
        details: { path: 'a.b' },
      },
      {
        name: 'MCPAuthAuthServerError',
        code: 'request_failed',
        message: 'down',
        link: `${page}#request_failed`,
        details: { url: 'https://h' },
      },
      {
        name: 'MCPAuthTokenVerificationError',
        code: 'token_expired',
        message: 'The access token expired',
        link: `${page}#token_expired`,
      },
      {
        name: 'MCPAuthBearerAuthError',
        code: 'missing_credentials',
        message: 'This resource requires an access token',
        link: `${page}#missing_credentials`,
      },
    ]);
  });

  test('what Node prints of an error that nobody catches leads to the page', () => {
    expect(inspect(errors[0])).toContain(`link: '${page}#invalid_option'`);
  });

  test('with a cause where there is one', () => {
    expect(errors[1]?.cause).toBeInstanceOf(Error);
    expect('cause' in new MCPAuthAuthServerError('request_failed', 'x')).toBe(false);
  });

  test('words of one’s own may replace the fixed ones', () => {
    expect(new MCPAuthTokenVerificationError('inactive_token', 'revoked').message).toBe('revoked');
    expect(new MCPAuthBearerAuthError('insufficient_scope', 'too little').message).toBe('too little');
    expect(new MCPAuthError('x', 'y').name).toBe('MCPAuthError');
  });
});
