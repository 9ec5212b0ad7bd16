import { describe, expect, it } from 'vitest';
import { rememberSecret, searchSecretsAfterAll } from '../support/run-cli.js';
import { doctor } from './support/run-doctor.js';
import {
  type IssuerSettings,
  metadataPath,
  opaqueToken,
  type ServerSettings,
  startStandInServer,
} from './support/stand-ins.js';
import { unauthorized, walk } from './support/walk.js';

searchSecretsAfterAll();
rememberSecret(opaqueToken);

describe('at the server', () => {
  it('whose name does not resolve', async () => {
    const { broken, brokenStep } = await doctor('https://server.invalid/mcp');
    expect([brokenStep, broken?.id]).toEqual(['dns', 'doctor/dns-unknown']);
  });

  it('that does not run', async () => {
    const { broken, brokenStep } = await doctor('http://127.0.0.1:9/mcp');
    expect([brokenStep, broken?.id]).toEqual(['server', 'doctor/unreachable']);
  });

  it('that has no TLS where the URL says https', async () => {
    const { origin } = await startStandInServer({ issuer: 'http://127.0.0.1:9' });
    const { broken, brokenStep } = await doctor(`${origin.replace('http:', 'https:')}/mcp`);
    expect([brokenStep, broken?.id]).toEqual(['tls', 'doctor/tls-failed']);
  });

  it.each<[what: string, first: ServerSettings['first'], id: string]>([
    ['that has no endpoint there', () => ({ status: 404 }), 'server no-endpoint'],
    ['that redirects', () => ({ status: 307, headers: { location: '/other' } }), 'server redirected'],
    ['that fails', () => ({ status: 500, text: 'oops' }), 'server server-error'],
    [
      'that refuses with 403',
      () => ({ status: 403, text: 'Invalid Host: 127.0.0.1' }),
      'challenge challenge-status',
    ],
    ['that refuses with 400', () => ({ status: 400, text: 'no token' }), 'challenge challenge-status'],
  ])('%s', async (_what, answer, expected) => {
    const { broken, brokenStep } = await walk({
      first: (request, at) => (request.path === '/mcp' ? answer?.(request, at) : undefined),
    });
    expect([brokenStep, broken?.id]).toEqual([expected.split(' ')[0], `doctor/${expected.split(' ')[1]}`]);
  });
});

describe('in the challenge', () => {
  it.each([
    [
      'a quotation mark that is not escaped',
      'Bearer realm="say "hello"", resource_metadata="https://a.example/"',
      'challenge-unreadable',
    ],
    ['another scheme', 'Basic realm="proxy"', 'challenge-scheme'],
    ['a relative address', `Bearer resource_metadata="${metadataPath}"`, 'challenge-metadata-url'],
    [
      'an http address of another host, as behind a proxy',
      `Bearer resource_metadata="http://mcp.example.com${metadataPath}"`,
      'challenge-metadata-url',
    ],
  ])('%s', async (_what, value, id) => {
    const { broken, brokenStep } = await walk({ challenge: () => value });
    expect([brokenStep, broken?.id]).toEqual(['challenge', `doctor/${id}`]);
  });

  it('an error code without a token is noticed, and the walk goes on', async () => {
    const { notes, passed } = await walk({
      challenge: (at) => `Bearer error="invalid_token", resource_metadata="${at}${metadataPath}"`,
    });
    expect(notes).toContain('doctor/challenge-code');
    expect(passed).toContain('call');
  });

  it('nothing at all is noticed, and the metadata is looked for where clients look', async () => {
    const { notes, passed, exitCode } = await walk({ challenge: () => undefined });
    expect(notes).toContain('doctor/challenge-missing');
    expect(passed).toContain('resource-metadata');
    expect(exitCode).toBe(1);
  });
});

describe('in the metadata of the resource', () => {
  it.each<[what: string, metadata: NonNullable<ServerSettings['metadata']>, id: string]>([
    ['no authorization server', () => ({ authorization_servers: [] }), 'no-authorization-servers'],
    ['a member of the wrong type', () => ({ scopes_supported: 'read' }), 'metadata-invalid'],
    ['no resource', () => ({ resource: undefined }), 'metadata-invalid'],
  ])('%s', async (_what, metadata, id) => {
    const { broken, brokenStep } = await walk({ metadata });
    expect([brokenStep, broken?.id]).toEqual(['resource-metadata', `doctor/${id}`]);
  });

  it('a page in HTML', async () => {
    const { broken } = await walk({
      first: ({ path }) => (path.startsWith('/.well-known') ? { text: '<!doctype html>' } : undefined),
    });
    expect(broken?.id).toBe('doctor/metadata-unreadable');
  });

  it('another place than the challenge names', async () => {
    const { broken } = await walk({ challenge: (at) => `Bearer resource_metadata="${at}/elsewhere"` });
    expect(broken).toMatchObject({
      id: 'doctor/metadata-elsewhere',
      actual: expect.stringContaining('/elsewhere'),
    });
  });
});

describe('in the metadata of the authorization server', () => {
  it.each<[what: string, settings: IssuerSettings, id: string]>([
    [
      'a login at javascript:',
      { metadata: () => ({ authorization_endpoint: 'javascript:alert(1)' }) },
      'endpoint-unsafe',
    ],
    [
      'a token endpoint without TLS',
      { metadata: () => ({ token_endpoint: 'http://auth.example.com/token' }) },
      'endpoint-unsafe',
    ],
    ['no PKCE', { metadata: () => ({ code_challenge_methods_supported: ['plain'] }) }, 'pkce-missing'],
    ['no token endpoint', { metadata: () => ({ token_endpoint: undefined }) }, 'endpoint-missing'],
    ['no issuer', { metadata: () => ({ issuer: undefined }) }, 'issuer-mismatch'],
    ['nothing', { wellKnown: () => '/nowhere' }, 'server-metadata-missing'],
    [
      'a place that no client knows',
      { path: '/tenant', wellKnown: (path) => `${path}/.well-known/oauth-authorization-server` },
      'server-metadata-misplaced',
    ],
  ])('%s', async (_what, settings, id) => {
    const { broken, brokenStep } = await walk({}, settings);
    expect([brokenStep, broken?.id]).toEqual(['server-metadata', `doctor/${id}`]);
  });

  it.each([
    [
      'the OpenID document with the segment inserted',
      (path: string) => `/.well-known/openid-configuration${path}`,
    ],
    [
      'the OpenID document with the segment appended',
      (path: string) => `${path}/.well-known/openid-configuration`,
    ],
  ])('%s is found', async (_what, wellKnown) => {
    const { passed } = await walk({}, { path: '/tenant', wellKnown });
    expect(passed).toContain('server-metadata');
  });
});

describe('at the login and the token', () => {
  it.each<[what: string, settings: IssuerSettings, id: string]>([
    ['denied', { authorize: () => ({ code: undefined, error: 'access_denied' }) }, 'login login-denied'],
    [
      'scopes that nobody knows',
      { authorize: () => ({ code: undefined, error: 'invalid_scope' }) },
      'login login-scope',
    ],
    ['another error', { authorize: () => ({ code: undefined, error: 'server_error' }) }, 'login login-error'],
    ['neither code nor error', { authorize: () => ({ code: undefined }) }, 'login login-error'],
    ['another state', { authorize: () => ({ state: 'another' }) }, 'login state-mismatch'],
    ['no state', { authorize: () => ({ state: undefined }) }, 'login state-mismatch'],
    [
      'the issuer of another server',
      { authorize: () => ({ iss: 'https://other.example.com' }) },
      'login response-issuer',
    ],
    [
      'no issuer although it was announced',
      { metadata: () => ({ authorization_response_iss_parameter_supported: true }) },
      'login response-issuer',
    ],
    [
      'a resource that gets no token',
      { token: () => ({ status: 400, json: { error: 'invalid_target' } }) },
      'token token-target',
    ],
    [
      'a client that gets no token',
      { token: () => ({ status: 401, json: { error: 'invalid_client' } }) },
      'token token-client',
    ],
    [
      'a refused code',
      { token: () => ({ status: 400, json: { error: 'invalid_grant' } }) },
      'token token-refused',
    ],
    ['a page instead of a token', { token: () => ({ text: '<html>' }) }, 'token token-answer'],
    [
      'a token of an unknown type',
      { token: () => ({ json: { access_token: opaqueToken, token_type: 'mac' } }) },
      'token token-answer',
    ],
    [
      'a redirect of the token endpoint',
      { token: () => ({ status: 302, headers: { location: '/x' } }) },
      'token token-unreachable',
    ],
  ])('%s', async (_what, settings, expected) => {
    const { broken, brokenStep } = await walk({}, settings);
    expect([brokenStep, broken?.id]).toEqual([expected.split(' ')[0], `doctor/${expected.split(' ')[1]}`]);
  });
});

describe('at the call', () => {
  it.each<[what: string, call: NonNullable<ServerSettings['call']>, id: string]>([
    ['refused', () => unauthorized('Bearer error="invalid_token"'), 'call-refused'],
    ['refused as if there were no token', () => unauthorized('Bearer'), 'authorization-lost'],
    ['forbidden', () => ({ status: 403, text: 'Forbidden' }), 'call-refused'],
    ['a server that does not reach its authorization server', () => ({ status: 503 }), 'call-unavailable'],
    ['an error of the server', () => ({ status: 500 }), 'call-failed'],
    [
      'a body that an earlier reader has eaten',
      () => ({
        status: 400,
        json: { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error: Invalid JSON' } },
      }),
      'call-failed',
    ],
    ['no message', () => ({ text: 'hello' }), 'call-failed'],
    [
      'a redirect',
      () => ({ status: 308, headers: { location: 'https://elsewhere.example.com/mcp' } }),
      'call-failed',
    ],
  ])('%s', async (_what, call, id) => {
    const { broken, brokenStep } = await walk({ call });
    expect([brokenStep, broken?.id]).toEqual(['call', `doctor/${id}`]);
  });

  it('more scopes that a new login does not bring', async () => {
    const { broken } = await walk(
      {
        call: () => ({
          status: 403,
          headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="write"' },
        }),
      },
      { token: () => ({ json: { access_token: opaqueToken, token_type: 'Bearer', scope: 'read' } }) },
    );
    expect(broken).toMatchObject({ id: 'doctor/step-up-not-granted', expected: 'write', actual: 'read' });
  });

  it('more scopes without saying which', async () => {
    const { broken, notes } = await walk({
      call: () => ({ status: 403, headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' } }),
    });
    expect(broken?.id).toBe('doctor/call-scopes');
    expect(notes).toContain('doctor/step-up-challenge');
  });

  it('a tool that is not there', async () => {
    const { broken } = await walk({}, {}, ['--headless', '--tool', 'nothing']);
    expect(broken).toMatchObject({
      id: 'doctor/tool-failed',
      message: expect.stringContaining('read, write'),
    });
  });

  it('a refresh token that is refused', async () => {
    const refresh = rememberSecret('refresh-token-of-the-stand-in-0123456789');
    const { broken } = await walk(
      {},
      {
        token: (form) =>
          form.get('grant_type') === 'refresh_token'
            ? { status: 400, json: { error: 'invalid_grant' } }
            : { json: { access_token: opaqueToken, token_type: 'Bearer', refresh_token: refresh } },
      },
    );
    expect(broken?.id).toBe('doctor/refresh-refused');
  });

  it('a stream of events, which stays open after the answer', async () => {
    const { passed } = await walk({
      call: ({ body }) => {
        const { id, method } = JSON.parse(body) as { id?: number; method: string };
        if (id === undefined) return { status: 202 };
        const result = method === 'initialize' ? { protocolVersion: '2025-11-25' } : { tools: [] };
        return {
          headers: { 'content-type': 'text/event-stream' },
          text: `event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`,
        };
      },
    });
    expect(passed).toContain('call');
  });
});
