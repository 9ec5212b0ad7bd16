import { describe, expect, test } from 'vitest';
import { adapterInterfaceVersion, BaseMCPAuth } from '../../src/adapter.js';
import { BaseLegacyMCPAuth } from '../../src/legacy.js';
import { configError } from '../support/config-error.js';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://auth.example.com';
const { version } = BaseMCPAuth.release;
const has = `and @mcp-auth/core ${version} has version ${adapterInterfaceVersion}.`;

interface Statement {
  readonly interfaceVersion?: unknown;
  readonly release?: { readonly name: string; readonly version: string };
}

/** An object of an adapter that states something, in JavaScript as in TypeScript. */
const kinds: readonly (readonly [string, (statement: Statement) => object])[] = [
  [
    'an adapter',
    (statement) => {
      class Adapter extends BaseMCPAuth {}
      Object.assign(Adapter, statement);
      return new Adapter({ resource, authorizationServers: [issuer], onEvent: () => undefined });
    },
  ],
  [
    'its legacy mode',
    (statement) => {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- legacy mode is tested here too
      class Adapter extends BaseLegacyMCPAuth {}
      Object.assign(Adapter, statement);
      return new Adapter({ server: { issuer }, onEvent: () => undefined });
    },
  ],
];

describe.each(kinds)('the interface that %s was written for', (_kind, create) => {
  test.each<readonly [string, unknown, string]>([
    ['a later one', 2, `Adapter: was written for version 2 of the adapter interface, ${has} Install a newer @mcp-auth/core.`],
    ['an earlier one', 0, `Adapter: was written for version 0 of the adapter interface, ${has} Install a newer release of the adapter.`],
    ['none', undefined, `Adapter: does not say which version of the adapter interface it was written for, ${has} Write static override readonly interfaceVersion = 1 in the class that extends BaseMCPAuth.`],
    ['a string', '1', 'Write static override readonly interfaceVersion = 1'],
    ['not a number', Number.NaN, 'Install a newer release of the adapter.'],
  ])('%s is an error when an object is made', (_what, interfaceVersion, message) => {
    const error = configError(() => create({ interfaceVersion }));
    expect(error).toMatchObject({ code: 'unsupported_adapter', path: 'interfaceVersion' });
    expect(error.message).toContain(message);
  });

  test('names the package that states a release', () => {
    const release = { name: 'mcp-auth-koa', version: '3.0.0' };
    expect(configError(() => create({ interfaceVersion: 2, release })).message).toMatch(/^mcp-auth-koa 3\.0\.0: was/);
  });

  test('this one is accepted', () => {
    expect(() => create({ interfaceVersion: adapterInterfaceVersion })).not.toThrow();
  });
});

test('an application that derives from an adapter need not state anything', () => {
  class Adapter extends BaseMCPAuth {
    static override readonly interfaceVersion = 1;
  }
  class Application extends Adapter {}
  expect(new Application({ resource, authorizationServers: [issuer], onEvent: () => undefined })).toBeInstanceOf(Adapter);
});
