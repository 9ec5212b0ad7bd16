import { afterEach, expect, test, vi } from 'vitest';
import { environment } from '../../src/events/process-environment.js';

afterEach(() => vi.unstubAllGlobals());

test('a platform without an environment, and one that denies it, stop no server from starting', () => {
  vi.stubGlobal('process', undefined);
  expect(environment('NODE_ENV')).toBeUndefined();
  vi.stubGlobal('process', {});
  expect(environment('NODE_ENV')).toBeUndefined();
  const denied = () => {
    throw new Error('NotCapable: Requires env access to "NODE_ENV"');
  };
  vi.stubGlobal('process', { env: new Proxy({}, { get: denied }) });
  expect(environment('NODE_ENV')).toBeUndefined();
});

test('a variable that is there is read', () => {
  vi.stubEnv('NODE_ENV', 'production');
  expect(environment('NODE_ENV')).toBe('production');
  vi.unstubAllEnvs();
});
