import type { ForeignClient } from '../../clients/lib/foreign-client.js';

/** A client, and why it cannot be run on this machine, if it cannot. */
export interface TriedClient {
  readonly client: ForeignClient;
  readonly missing: string | undefined;
}

/** Looks which of these clients can be run here, and fetches those that have to be fetched. */
export function findClients(clients: readonly ForeignClient[]): Promise<readonly TriedClient[]> {
  return Promise.all(clients.map(async (client) => ({ client, missing: await client.missing?.() })));
}
