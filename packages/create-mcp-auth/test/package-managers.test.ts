import { expect, it } from 'vitest';
import { detectPackageManager } from '../src/package-managers.js';

it.each([
  ['npm/11.6.2 node/v20.20.2 linux x64 workspaces/false', 'npm'],
  ['pnpm/10.34.9 npm/? node/v20.20.2 linux x64', 'pnpm'],
  ['yarn/1.22.22 npm/? node/v20.20.2 linux x64', 'yarn-classic'],
  ['yarn/4.9.1 npm/? node/v20.20.2 linux x64', 'yarn'],
  ['bun/1.4.5 npm/? node/v24.3.0 linux x64', 'bun'],
  ['cnpm/9.0.0', 'npm'],
  [undefined, 'npm'],
])('%s speaks as %s', (userAgent, expected) => {
  expect(detectPackageManager(userAgent)).toBe(expected);
});
