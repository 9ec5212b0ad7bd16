import { MCPAuth } from '../../../src/fetch.js';
import type { AuthServerConfig } from '../../../src/index.js';
import type { FakeProvider } from './fake-provider.js';
import { resource } from './open-gate.js';

/** Which of these tools somebody sees who was granted certain scopes. */
export function listFilterOf(
  server: AuthServerConfig,
  provider: FakeProvider,
  tools: Readonly<Record<string, readonly string[]>>,
) {
  const mcpAuth = new MCPAuth({ resource, authorizationServers: [server], fetch: provider.fetch });
  const filter = mcpAuth.listFilter({ operations: { tools: { ...tools, '*': 'refuse' } } });
  const items = Object.keys(tools).map((name) => ({ name }));
  const visible = async (scopes: readonly string[]) => {
    const found = await filter.visible('tools', items, { scopes });
    return found.map(({ name }) => name).sort();
  };
  return { visible };
}
