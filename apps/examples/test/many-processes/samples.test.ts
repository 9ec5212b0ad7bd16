import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const list = (folder: string, recursive = false) =>
  readdirSync(root + folder, { recursive, encoding: 'utf8' });

const pages = [
  ...list('docs')
    .filter((name) => !/[._]/.test(name))
    .flatMap((name) => list(`docs/${name}`, true).map((path) => `docs/${name}/${path}`)),
  ...list('packages').map((name) => `packages/${name}/README.md`),
].filter((path) => path.endsWith('.md'));

/** Code that shares something with other processes and takes requests. */
const servers = pages.flatMap((page) =>
  [...readFileSync(root + page, 'utf8').matchAll(/```[jt]s\n([\s\S]*?)```/g)]
    .map(([, code = '']) => code)
    .filter((code) => code.includes('createRedisStores(') && /\.listen\(|\bserve\(/.test(code))
    .map((code) => ({ page, code })),
);

describe('a server with Redis that a page shows', () => {
  test('is on the page about many processes and in the README, at least', () => {
    const shown = servers.map(({ page }) => page);
    expect(shown).toContain('docs/guide/many-processes.md');
    expect(shown).toContain('packages/redis/README.md');
  });

  test.each(servers)('has read what others have revoked before it takes requests: $page', ({ code }) => {
    const waits = code.search(/\bmcpAuth\s*\.ready\(\)/);
    expect(waits).toBeGreaterThan(-1);
    expect(waits).toBeLessThan(code.search(/\.listen\(|\bserve\(/));
  });
});
