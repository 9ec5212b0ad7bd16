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

class OldAdapter extends BaseMCPAuth {
  static override readonly release = { name: 'adapter', version: '0.0.1' };
}

class OldShim extends OldAdapter {
  static override readonly release = { name: 'shim', version: '0.0.2' };
}

class OwnAdapter extends BaseMCPAuth {
  static override readonly release = { name: 'own', version };
}

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
    class Foreign extends BaseMCPAuth {}
    for (const type of [OwnAdapter, Foreign]) expect(warningsOf(type)).toEqual([]);
  });
});
