import { afterEach, expect, it, vi } from 'vitest';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthEvent } from '../../src/events/events.js';

afterEach(() => vi.unstubAllEnvs());

function warningsOf(authorizationServers: readonly string[], nodeEnv: string): readonly string[] {
  vi.stubEnv('NODE_ENV', nodeEnv);
  const events: MCPAuthEvent[] = [];
  const server = new ResourceServer({
    resource: 'https://mcp.example.com/mcp',
    authorizationServers,
    onEvent: (event) => void events.push(event),
    checkAtStart: false,
  });
  server.createGate({});
  server.createGate({});
  return events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
}

it.each(['http://127.0.0.1:9400', 'http://localhost:9400', 'http://[::1]:9400', 'https://localhost:8443/realms/a'])(
  'a practice issuer that was left in the configuration is told once in production: %s',
  (issuer) => {
    const warnings = warningsOf([issuer], 'production');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`the issuer ${issuer} is on this machine, and NODE_ENV is production`);
  },
);

it.each([
  ['in development', 'http://127.0.0.1:9400', 'development'],
  ['elsewhere', 'https://auth.example.com', 'production'],
  ['with such a name elsewhere', 'https://localhost.example.com', 'production'],
])('says nothing of an issuer %s', (_where, issuer, nodeEnv) => {
  expect(warningsOf([issuer], nodeEnv)).toEqual([]);
});
