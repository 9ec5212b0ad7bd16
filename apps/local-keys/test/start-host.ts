import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { hosts } from '../src/hosts/hosts.js';

/** The origin that the documents speak of; tests listen on another port. */
export const origin = 'http://localhost:9000';

export async function startHost(
  name: keyof typeof hosts,
  publicKey: string,
): Promise<RunningServer & { readonly url: string }> {
  const { listener } = await hosts[name]({ origin, publicKey, onEvent: () => undefined });
  const server = await listen(listener, 0, '127.0.0.1');
  return { ...server, url: `http://127.0.0.1:${server.port}` };
}
