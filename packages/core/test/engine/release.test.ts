import { describe, expect, test } from 'vitest';
import { BaseMCPAuth } from '../../src/adapter/base-mcp-auth.js';
import type { MCPAuthConfig } from '../../src/config/mcp-auth.js';
import type { MCPAuthEvent } from '../../src/events/events.js';

const resource = 'https://api.example.com/mcp';
const authorizationServers = [{ issuer: 'https://auth.example.com' }];

function warningsOf(type: new (config: MCPAuthConfig) => BaseMCPAuth): string[] {
  const events: MCPAuthEvent[] = [];
  const onEvent = (event: MCPAuthEvent) => events.push(event);
  new type({ protectedResources: { metadata: { resource, authorizationServers } }, onEvent });
  return events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
}

const { version } = BaseMCPAuth.release;

abstract class Written extends BaseMCPAuth {
  static override readonly interfaceVersion = 1;
}

class OldAdapter extends Written {
  static override readonly release = { name: 'adapter', version: '0.0.1' };
}

class OldShim extends OldAdapter {
  static override readonly release = { name: 'shim', version: '0.0.2' };
}

class OwnAdapter extends Written {
  static override readonly release = { name: 'own', version };
}

class OnOldFramework extends Written {
  static override readonly release = { name: 'own', version };
  static override readonly framework = { name: 'frame', version: '3.9.9', range: '^4.21.0 || ^5.0.0' };
}

describe('a framework that an adapter was never tested with', () => {
  test('is told of when an object is made, with what to install', () => {
    class Application extends OnOldFramework {}
    expect(warningsOf(Application)).toEqual([
      `own ${version} runs on frame 3.9.9, and was only tested with frame ^4.21.0 || ^5.0.0. Install that: npm install frame@5`,
    ]);
  });

  test.each([
    ['4.20.9', true],
    ['4.21.0', false],
    ['4.21.1-rc.1', false],
    ['4.22.0', false],
    ['5.0.0', false],
    ['6.0.0', true],
    ['next', true],
    [undefined, false],
  ])('version %s: %s', (installed, isTold) => {
    class Adapter extends Written {
      static override readonly release = OwnAdapter.release;
      static override readonly framework = {
        name: 'frame',
        version: installed,
        range: '^4.21.0 || ^5.0.0',
      };
    }
    expect(warningsOf(Adapter)).toHaveLength(isTold ? 1 : 0);
  });
});

describe('an adapter of another release than the core', () => {
  test('is told of when an object is made, with both versions', () => {
    expect(warningsOf(OldAdapter)).toEqual([
      `adapter 0.0.1 runs on @mcp-auth/core ${version}, and was never tested with it. Install both in one version.`,
    ]);
  });

  test('is told of under each class that an application or another package derives from it', () => {
    class Application extends OldAdapter {}
    expect(warningsOf(Application)).toEqual(warningsOf(OldAdapter));
    expect(warningsOf(OldShim).map((message) => message.split(' runs')[0])).toEqual([
      'shim 0.0.2',
      'adapter 0.0.1',
    ]);
  });

  test('is no matter where the versions are the same, or where an adapter of somebody else names none', () => {
    class Foreign extends Written {}
    for (const type of [OwnAdapter, Foreign]) expect(warningsOf(type)).toEqual([]);
  });
});
