import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listen, runSample } from '@mcp-auth/app-sample-kit';
import { startAuthorizationServer } from '../src/authorization-server/authorization-server.js';
import { cast } from '../src/cast.js';

const starts = {
  whoami: () => import('../../whoami/src/main.js'),
  notes: () => import('../../notes/src/main.js'),
  'todo-manager': () => import('../../todo-manager/src/main.js'),
};

describe.each(cast)('$name on its own', ({ name, createApp }) => {
  const start = starts[name as keyof typeof starts];
  const complain = vi.spyOn(console, 'error');

  beforeEach(() => {
    vi.resetModules();
    complain.mockReset().mockReturnValue();
    vi.stubEnv('ISSUER', 'http://127.0.0.1:9');
    vi.stubEnv('RESOURCE', 'http://127.0.0.1:3001/mcp');
    vi.stubEnv('PORT', '3001');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    process.exitCode = undefined;
  });

  const expectSentence = (text: string): void => {
    expect(process.exitCode).toBe(1);
    expect(complain).toHaveBeenCalledOnce();
    const [sentence] = complain.mock.calls[0] ?? [];
    expect(sentence).toContain(`${name} cannot start. `);
    expect(sentence).toContain(text);
    expect(sentence).not.toContain('\n');
  };

  it('says which setting is missing', async () => {
    vi.stubEnv('ISSUER', '');
    await start();
    expectSentence('Missing from the environment: ISSUER');
  });

  it('says that the resource identifier cannot work', async () => {
    vi.stubEnv('RESOURCE', 'http://127.0.0.1:3001/mcp#fragment');
    await start();
    expectSentence('fragment');
  });

  it('takes the tokens of the provider it was told, once nothing is missing', async () => {
    const provider = await startAuthorizationServer(0);
    const free = await listen((_request, response) => response.end(), 0, '127.0.0.1');
    await free.close();
    const resource = `http://127.0.0.1:${free.port}/mcp`;
    vi.stubEnv('ISSUER', provider.issuer);
    vi.stubEnv('RESOURCE', resource);
    vi.stubEnv('PORT', String(free.port));
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const server = await runSample(name, createApp);

    const token = await provider.sign({
      audience: resource,
      subject: 'alice',
      scopes: ['notes'],
      expiresInSeconds: 60,
    });
    const list = (headers: Record<string, string>): Promise<Response> =>
      fetch(resource, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
      });
    expect((await list({})).status).toBe(401);
    expect((await list({ authorization: `Bearer ${token}` })).status).toBe(200);
    expect(log.mock.calls.flat().join('\n')).toContain(resource);
    await server?.close();
    await provider.close();
  });

  it('starts while its provider is down, and says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    vi.spyOn(console, 'log').mockReturnValue();
    const free = await listen((_request, response) => response.end(), 0, '127.0.0.1');
    await free.close();
    vi.stubEnv('PORT', String(free.port));
    const server = await runSample(name, createApp);
    expect(process.exitCode).toBeUndefined();
    expect(warn.mock.calls.flat().join('\n')).toContain('No token can be verified yet');
    await server?.close();
  });

  it('says that its port is in use', async () => {
    const other = await listen((_request, response) => response.end(), 0, '127.0.0.1');
    vi.stubEnv('PORT', String(other.port));
    await start();
    await other.close();
    expectSentence(`Port ${other.port} is in use`);
  });
});
