import type { Realm } from './realm.js';

/** A confidential client that may act for itself. */
export interface MachineClient {
  readonly id: string;
  readonly secret: string;
}

/** A client as the admin API gives it, as far as is read here. */
export interface ClientRepresentation {
  readonly id: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly consentRequired?: boolean;
}

/** Registers a confidential client that has the optional scopes of the realm. */
export async function addClient(
  { admin, path }: Realm,
  { id, secret }: MachineClient,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await admin.post(`${path}/clients`, {
    clientId: id,
    secret,
    serviceAccountsEnabled: true,
    standardFlowEnabled: false,
    ...changes,
  });
}

/** A public client whose user logs in, registered by hand. */
export async function addPublicClient(
  { admin, path }: Realm,
  id: string,
  redirectUrl: string,
): Promise<void> {
  await admin.post(`${path}/clients`, { clientId: id, publicClient: true, redirectUris: [redirectUrl] });
}

export async function findClient({ admin, path }: Realm, clientId: string): Promise<ClientRepresentation> {
  const found = await admin.get<readonly ClientRepresentation[]>(
    `${path}/clients?clientId=${encodeURIComponent(clientId)}`,
  );
  const [client] = found;
  if (client === undefined) throw new Error(`the realm has no client ${clientId}`);
  return client;
}
