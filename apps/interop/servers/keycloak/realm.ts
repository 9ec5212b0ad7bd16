import type { KeycloakAdmin } from './admin.js';

export const realmName = 'example';
export const user = { username: 'ada', password: 'interop-only' };
export const scopes = ['read:notes', 'write:notes'] as const;

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Component extends Named {
  readonly providerId: string;
  readonly subType?: string;
  readonly config: Readonly<Record<string, readonly string[]>>;
}

export interface Realm {
  readonly admin: KeycloakAdmin;
  /** Of the admin API. */
  readonly path: string;
  readonly resource: string;
}

/** A realm with a user, as it is before anybody reads the page. */
export async function createRealm(admin: KeycloakAdmin, resource: string): Promise<Realm> {
  const path = `/realms/${realmName}`;
  await admin.post('/realms', { realm: realmName, enabled: true });
  await admin.post(`${path}/users`, {
    username: user.username,
    enabled: true,
    email: 'ada@example.com',
    emailVerified: true,
    firstName: 'Ada',
    lastName: 'Example',
    credentials: [{ type: 'password', value: user.password, temporary: false }],
  });
  return { admin, path, resource };
}

export async function findScopes({ admin, path }: Realm): Promise<readonly Named[]> {
  const all = await admin.get<readonly Named[]>(`${path}/client-scopes`);
  return all.filter(({ name }) => (scopes as readonly string[]).includes(name));
}

/** What the form _Audience_ of a mapper sends. */
export function audienceMapper(
  audience: Readonly<Record<'included.custom.audience' | 'included.client.audience', string>> | object,
): Readonly<Record<string, unknown>> {
  return {
    name: 'resource',
    protocol: 'openid-connect',
    protocolMapper: 'oidc-audience-mapper',
    config: {
      ...audience,
      'access.token.claim': 'true',
      'id.token.claim': 'false',
      'introspection.token.claim': 'true',
      'lightweight.claim': 'false',
    },
  };
}

/** A policy of those for anonymous registration. */
export async function readPolicy({ admin, path }: Realm, providerId: string): Promise<Component> {
  const type = 'org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy';
  const all = await admin.get<readonly Component[]>(`${path}/components?type=${type}`);
  const policy = all.find((entry) => entry.providerId === providerId && entry.subType === 'anonymous');
  if (policy === undefined) throw new Error(`the realm has no policy ${providerId}`);
  return policy;
}

/** @returns what puts it back as it was */
export async function changePolicy(
  realm: Realm,
  providerId: string,
  config: Component['config'],
): Promise<() => Promise<void>> {
  const policy = await readPolicy(realm, providerId);
  const write = async (entry: Component) => {
    await realm.admin.put(`${realm.path}/components/${policy.id}`, { ...entry });
  };
  await write({ ...policy, config: { ...policy.config, ...config } });
  return () => write(policy);
}
