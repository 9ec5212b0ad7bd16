import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../src/cli/run-command.js';
import { type DevIssuerOptions, startDevIssuer } from '../src/index.js';

afterEach(() => vi.unstubAllEnvs());

it('does not start in production', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  await expect(startDevIssuer({ port: 0 })).rejects.toMatchObject({
    name: 'DevIssuerError',
    code: 'production',
  });
});

it('signs no token in production either', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    await runCommand(['token', 'http://localhost:3000/mcp']);
    expect(told).toHaveBeenCalledWith(expect.stringContaining('NODE_ENV is production'));
    expect(process.exitCode).toBe(1);
  } finally {
    process.exitCode = undefined;
    told.mockRestore();
  }
});

describe('an option that is wrong is told before anything listens', () => {
  it.each([
    [{ host: '0.0.0.0' }, 'host is not an option'],
    [{ toString: 1 }, 'toString is not an option'],
    [{ port: 65_536 }, 'port cannot be 65536'],
    [{ port: '80' }, 'port cannot be "80"'],
    [{ tokens: 'saml' }, 'tokens cannot be "saml"'],
    [{ dpop: 'no' }, 'dpop cannot be "no"'],
    [{ resources: 'http://localhost/' }, 'resources cannot be'],
    [{ resources: ['http://mcp.example.com/mcp'] }, 'must use https'],
    [{ resources: ['mcp'] }, 'is not an http or https URL'],
    [{ resources: ['https://mcp.example.com/#a'] }, 'without a fragment'],
    [{ scopes: ['a b'] }, '"a b" is not a valid scope'],
    [{ scopes: { a: 1 } }, 'a must be a string'],
    [{ scopes: { a: { user: ['b'] } } }, 'a.user is not known'],
    [{ scopes: { a: { users: 'b' } } }, 'a.users must be a list'],
    [{ users: [] }, 'users must name somebody'],
    [{ users: ['<b>'] }, 'is not a name'],
    [{ folder: '' }, 'folder cannot be ""'],
  ])('%j', async (options, message) => {
    await expect(startDevIssuer({ port: 0, ...options } as DevIssuerOptions)).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining(message),
    });
  });
});

it('says that its port is in use', async () => {
  const first = await startDevIssuer({ port: 0 });
  const port = Number(new URL(first.issuer).port);
  await expect(startDevIssuer({ port })).rejects.toMatchObject({ code: 'port_unavailable' });
  await first.close();
});

it('comes back at the same place after an outage, with the same keys', async () => {
  const issuer = await startDevIssuer({ port: 0 });
  const readKeys = async (): Promise<string> => (await fetch(`${issuer.issuer}/jwks`)).text();
  const before = await readKeys();
  await issuer.interrupt();
  await expect(readKeys()).rejects.toThrow();
  await issuer.resume();
  expect(await readKeys()).toBe(before);
  await issuer.close();
});

it('publishes what MCP asks of an authorization server', async () => {
  const running = await startDevIssuer({ port: 0 });
  const { issuer } = running;
  const metadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();
  expect(metadata).toMatchObject({
    issuer,
    registration_endpoint: `${issuer}/reg`,
    code_challenge_methods_supported: ['S256'],
    client_id_metadata_document_supported: true,
    authorization_response_iss_parameter_supported: true,
    response_types_supported: ['code'],
  });
  for (const name of [
    'end_session_endpoint',
    'pushed_authorization_request_endpoint',
    'device_authorization_endpoint',
  ])
    expect(metadata).not.toHaveProperty(name);
  await running.close();
});
