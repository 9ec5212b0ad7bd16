import type { KeycloakAdmin } from './admin.js';

export const realmName = 'example';
export const user = { username: 'ada', password: 'interop-only' };
export const scopes = ['read:notes', 'write:notes'] as const;

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Component extends Named {
  readonly subType?: string;
  readonly config: Readonly<Record<string, readonly string[]>>;
}

/** One sentence of the page about Keycloak, and what the console sends when somebody does what it says. */
export interface PageStep {
  /** Identifier of the page's section. */
  readonly section: string;
  /** How its entry in the list begins. */
  readonly says: string;
  readonly run: (realm: Realm) => Promise<void>;
}

export interface Realm {
  readonly admin: KeycloakAdmin;
  /** Of the admin API. */
  readonly path: string;
  readonly resource: string;
}

/** The lists of the page, in its order. */
export const pageSteps: readonly PageStep[] = [
  {
    section: 'scopes',
    says: 'Create one **client scope** for each scope of your server',
    run: async ({ admin, path }) => {
      for (const name of scopes) {
        const attributes = { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'true' };
        await admin.post(`${path}/client-scopes`, { name, protocol: 'openid-connect', attributes });
      }
    },
  },
  {
    section: 'scopes',
    says: 'Add a mapper of the type _Audience_ to **each of them**',
    run: async (realm) => {
      for (const { id } of await findScopes(realm)) {
        const mappers = `${realm.path}/client-scopes/${id}/protocol-mappers/models`;
        await realm.admin.post(mappers, audienceMapper({ 'included.custom.audience': realm.resource }));
      }
    },
  },
  {
    section: 'scopes',
    says: 'Make them **Optional**',
    run: async (realm) => {
      for (const { id } of await findScopes(realm)) {
        await realm.admin.put(`${realm.path}/default-optional-client-scopes/${id}`);
      }
    },
  },
  {
    section: 'registration',
    says: 'In the policy _Trusted Hosts_ add the hosts',
    run: (realm) =>
      changePolicy(realm, 'trusted-hosts', {
        'trusted-hosts': ['localhost', '127.0.0.1'],
        'client-uris-must-match': ['true'],
      }),
  },
  {
    section: 'registration',
    says: 'In the same policy switch _Host Sending Client Registration Request Must Match_ off',
    run: (realm) =>
      changePolicy(realm, 'trusted-hosts', { 'host-sending-registration-request-must-match': ['false'] }),
  },
  {
    section: 'registration',
    says: 'For clients that run in a web page',
    run: (realm) => changePolicy(realm, 'registration-web-origins', { 'web-origins': [trustedWebOrigin] }),
  },
];

/** The one page from which clients may register. */
export const trustedWebOrigin = 'https://client.example.com';

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
export async function changePolicy(
  { admin, path }: Realm,
  providerId: string,
  config: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const type = 'org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy';
  const all = await admin.get<readonly (Component & { providerId: string })[]>(
    `${path}/components?type=${type}`,
  );
  const policy = all.find((entry) => entry.providerId === providerId && entry.subType === 'anonymous');
  if (policy === undefined) throw new Error(`the realm has no policy ${providerId}`);
  await admin.put(`${path}/components/${policy.id}`, {
    ...policy,
    config: { ...policy.config, ...config },
  });
}
