import { expect, it } from 'vitest';
import { readFlags } from '../src/flags.js';

it.each([
  [['--framewrok', 'hono'], 'unknown_option', '--framewrok'],
  [['--framework'], 'unknown_option', 'argument missing'],
  [['--framework', 'koa'], 'invalid_option', 'express, hono'],
  [['--language', 'typescript'], 'invalid_option', 'ts, js'],
  [['--provider', 'google'], 'invalid_option', 'keycloak'],
  [['--env', 'ISSUER'], 'invalid_option', 'NAME=value'],
  [['--env', 'a-b=c'], 'invalid_option', 'NAME=value'],
  [['one', 'two'], 'invalid_option', 'one folder'],
])('refuses %j', (args, code, part) => {
  expect(() => readFlags(args)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(part) as string }) as Error,
  );
});

it('reads what is said, and nothing else', () => {
  const args = ['my-server', '--framework', 'hono', '--provider=okta', '--env', 'OKTA_DOMAIN=a=b', '-y'];
  expect(readFlags(args)).toEqual({
    folder: 'my-server',
    framework: 'hono',
    language: undefined,
    provider: 'okta',
    resource: undefined,
    settings: { OKTA_DOMAIN: 'a=b' },
    yes: true,
    help: false,
    version: false,
  });
});
