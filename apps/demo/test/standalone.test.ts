import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listen } from '@mcp-auth/app-sample-kit';

const starts = {
  whoami: () => import('../../whoami/src/main.js'),
  notes: () => import('../../notes/src/main.js'),
  'todo-manager': () => import('../../todo-manager/src/main.js'),
};

describe.each(Object.entries(starts))('%s on its own', (name, start) => {
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

  it('says that its port is in use', async () => {
    const other = await listen((_request, response) => response.end(), 0, '127.0.0.1');
    vi.stubEnv('PORT', String(other.port));
    await start();
    await other.close();
    expectSentence(`Port ${other.port} is in use`);
  });
});
