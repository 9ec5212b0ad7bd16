import { addClient, findClient } from './clients.js';
import { audienceMapper, changePolicy, findScopes, type Realm, scopes } from './realm.js';

/** One sentence of the page about Keycloak, and what the console sends when somebody does what it says. */
export interface PageStep {
  /** Identifier of the page's section. */
  readonly section: string;
  /** How its entry in the list begins. */
  readonly says: string;
  readonly run: (realm: Realm) => Promise<unknown>;
}

/** Holds every sign that form-encoding changes, and some that JSON does. */
export const oddSecret = `odd/secret:with+signs &=%20"\\é`;

/** What every realm needs, in the order of the page. */
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
        'trusted-hosts': ['localhost', '127.0.0.1', homePageHost],
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

/** Where mcp-remote says that it comes from. */
export const homePageHost = 'github.com';

/** The one page from which clients may register. */
export const trustedWebOrigin = 'https://client.example.com';

/** For a server that asks about tokens. */
export const introspectionSteps: readonly PageStep[] = [
  {
    section: 'introspection',
    says: 'Create a client whose _Client ID_ is your resource identifier',
    run: (realm) =>
      addClient(realm, { id: realm.resource, secret: oddSecret }, { serviceAccountsEnabled: false }),
  },
  {
    section: 'introspection',
    says: 'Take its secret from the tab _Credentials_',
    run: async (realm) => {
      const { id } = await findClient(realm, realm.resource);
      const { value } = await realm.admin.get<{ readonly value: string }>(
        `${realm.path}/clients/${id}/client-secret`,
      );
      if (value !== oddSecret) throw new Error('Keycloak keeps another secret than the one it was given');
    },
  },
];

/** With the feature `resource-indicators`. */
export const resourceIndicatorSteps: readonly PageStep[] = [
  {
    section: 'resource-indicators',
    says: 'Create the client whose _Client ID_ is your resource identifier',
    run: (realm) =>
      addClient(realm, { id: realm.resource, secret: oddSecret }, { serviceAccountsEnabled: false }),
  },
  {
    section: 'resource-indicators',
    says: 'Give it the attribute `resource_url`',
    run: async (realm) => {
      const client = await findClient(realm, realm.resource);
      const attributes = { ...client.attributes, resource_url: realm.resource };
      await realm.admin.put(`${realm.path}/clients/${client.id}`, { ...client, attributes });
    },
  },
];

const profileName = 'client id metadata documents';

/** With the feature `cimd`; `http` and the address of this machine are what the page forbids outside of tests. */
export const documentSteps: readonly PageStep[] = [
  {
    section: 'cimd',
    says: 'Create a client profile with the executor _client-id-metadata-document_',
    run: (realm) => writeDocumentProfile(realm, { restrictToSameDomain: false }),
  },
  {
    section: 'cimd',
    says: 'Create a client policy with the condition _client-id-uri_',
    run: async ({ admin, path }) => {
      const configuration = {
        'client-id-uri-scheme': ['http'],
        'client-id-uri-allow-permitted-domains': ['127.0.0.1'],
      };
      const conditions = [{ condition: 'client-id-uri', configuration }];
      await admin.put(`${path}/client-policies/policies`, {
        policies: [{ name: profileName, enabled: true, conditions, profiles: [profileName] }],
      });
    },
  },
];

/** The profile of the page, with its switch _Restrict same domain_. */
export async function writeDocumentProfile(
  { admin, path }: Realm,
  { restrictToSameDomain }: { readonly restrictToSameDomain: boolean },
): Promise<void> {
  const configuration = {
    'cimd-allow-http-scheme': true,
    'cimd-allow-permitted-domains': ['127.0.0.1', 'localhost'],
    'cimd-restrict-same-domain': restrictToSameDomain,
  };
  const executors = [{ executor: 'client-id-metadata-document', configuration }];
  await admin.put(`${path}/client-policies/profiles`, { profiles: [{ name: profileName, executors }] });
}
