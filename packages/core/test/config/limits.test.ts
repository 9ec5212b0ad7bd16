import { expect, test } from 'vitest';
import { resolveLimits } from '../../src/config/limits.js';
import { construct, withConfig } from './seats.js';

const failedAttempts = {};
const loopback = (): string => '::1';

test.each([
  ['limits.failedAttempts', {}, /must be an object/],
  ['limits', true, /must be an object/],
  ['limits.max', { max: 3 }, /Write failedAttempts: \{ max \}/],
  ['limits.failedAttempts.windowSecs', { failedAttempts: { windowSecs: 3 } }, /Did you mean windowSeconds/],
  ['limits.failedAttempts.max', { failedAttempts: { max: 0 } }, /a whole number, 1 or more/],
  ['limits.failedAttempts.windowSeconds', { failedAttempts: { windowSeconds: 0.5 } }, /from 1 to 86400/],
  ['limits.failedAttempts.maxEntries', { failedAttempts: { maxEntries: 10 } }, /from 100 to 1000000/],
  ['limits.proxies', { failedAttempts, proxies: '10.0.0.0/8' }, /put it in a list/],
  [
    'limits.proxies[1]',
    { failedAttempts, proxies: ['::1', '10.0.0.1/8'] },
    /an IP address, or a range.*10\.0\.0\.1\/8/,
  ],
  ['limits.proxies[0]', { failedAttempts, proxies: ['0.0.0.0/0'] }, /a prefix of 1 or more/],
  ['limits.proxies[0]', { failedAttempts, proxies: ['loopback'] }, /an IP address/],
  [
    'limits.proxyHeader',
    { failedAttempts, proxies: [], proxyHeader: 'X-Real-IP' },
    /"x-forwarded-for" or "forwarded"/,
  ],
  ['limits.proxyHeader', { failedAttempts, proxyHeader: 'forwarded' }, /Write limits\.proxies/],
  ['limits.proxies', { failedAttempts, proxies: ['::1'], peer: loopback }, /together with limits\.peer/],
  [
    'limits.proxyHeader',
    { failedAttempts, proxyHeader: 'forwarded', peer: loopback },
    /together with limits\.peer/,
  ],
  ['limits.peer', { failedAttempts, peer: async () => Promise.resolve('::1') }, /not async/],
])('%s is refused at the start: %j', (path, limits, message) => {
  const build = () => construct(withConfig({ limits }));
  expect(build).toThrow(expect.objectContaining({ path }) as Error);
  expect(build).toThrow(message);
});

test('what is left out has its default', () => {
  expect(resolveLimits({ failedAttempts })).toEqual({
    max: 60,
    windowMs: 60_000,
    maxEntries: 10_000,
    peer: undefined,
    proxies: [],
    proxyHeader: 'x-forwarded-for',
  });
});
