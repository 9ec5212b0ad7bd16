import type { MCPAuth as NextMCPAuth } from '@mcp-auth/next';
import { vi } from 'vitest';

type Config = ConstructorParameters<typeof NextMCPAuth>[0];

/** Has the sample trust another issuer than its own, which does not exist; until `vi.doUnmock('@mcp-auth/next')`. */
export function trustInSample(issuer: string, more: object = {}): void {
  vi.doMock('@mcp-auth/next', async (load) => {
    const original = await load<{ readonly MCPAuth: typeof NextMCPAuth }>();
    class MCPAuth extends original.MCPAuth {
      constructor(config: Config) {
        super({ ...config, authorizationServers: [issuer], ...more } as Config);
      }
    }
    return { ...original, MCPAuth };
  });
}
