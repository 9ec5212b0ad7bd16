/** A setting in the environment of the server. */
export interface ProviderSetting {
  readonly name: string;
  /** What it is, for people. */
  readonly meaning: string;
  readonly example: string;
  /** Written where nobody names another value. Default: none, the server does not start without it. */
  readonly default?: string;
}

/** An authorization server that a project can begin with. */
export interface Provider {
  /** As people write it. */
  readonly label: string;
  /** The folder of templates with the file that configures it. */
  readonly template: string;
  readonly settings: readonly ProviderSetting[];
  /** Its page in the documentation. */
  readonly page: string;
}

const issuer = (example: string): ProviderSetting => ({
  name: 'ISSUER',
  meaning: 'The issuer, as the provider writes it: with or without a slash at the end',
  example,
});

const setting = (name: string, meaning: string, example: string): ProviderSetting => ({
  name,
  meaning,
  example,
});

const tenant = setting('ENTRA_TENANT_ID', 'Directory (tenant) id', 'aaaabbbb-0000-cccc-1111-dddd2222eeee');
const application = setting(
  'ENTRA_APPLICATION_ID',
  'Application (client) id of the registration that stands for this server',
  '00001111-aaaa-2222-bbbb-3333cccc4444',
);

/** Where `@mcp-auth/dev-issuer` listens unless it is told otherwise. */
export const devIssuer = 'http://127.0.0.1:9400';

/** The authorization servers that a project can begin with; `dev` is the practice issuer. */
export type ProviderName =
  | 'dev'
  | 'keycloak'
  | 'auth0'
  | 'okta'
  | 'entra'
  | 'entra-external-id'
  | 'adfs'
  | 'cognito'
  | 'logto'
  | 'clerk'
  | 'stytch'
  | 'descope'
  | 'ory'
  | 'other';

/** Providers whose tokens can carry scopes of yours: the tools of the example need one each. */
export const providers: Readonly<Record<ProviderName, Provider>> = {
  dev: {
    label: 'Practice issuer on this machine, no account anywhere',
    template: 'issuer',
    settings: [{ ...issuer(devIssuer), default: devIssuer }],
    page: 'guide/dev-issuer',
  },
  keycloak: {
    label: 'Keycloak',
    template: 'keycloak',
    settings: [setting('KEYCLOAK_ISSUER', 'Issuer of the realm', 'https://sso.example.com/realms/example')],
    page: 'providers/keycloak',
  },
  auth0: {
    label: 'Auth0',
    template: 'auth0',
    settings: [setting('AUTH0_DOMAIN', 'Domain of the tenant, or a custom one', 'example.eu.auth0.com')],
    page: 'providers/auth0',
  },
  okta: {
    label: 'Okta',
    template: 'okta',
    settings: [
      setting('OKTA_DOMAIN', 'Domain of the organization, or a custom one', 'example.okta.com'),
      setting('OKTA_AUTHORIZATION_SERVER_ID', 'Id of a custom authorization server', 'aus1exampleserver0h7'),
    ],
    page: 'providers/okta',
  },
  entra: {
    label: 'Microsoft Entra ID',
    template: 'entra',
    settings: [tenant, application],
    page: 'providers/entra',
  },
  'entra-external-id': {
    label: 'Microsoft Entra External ID',
    template: 'entra-external-id',
    settings: [setting('ENTRA_DOMAIN', 'Where users sign in', 'example.ciamlogin.com'), tenant, application],
    page: 'providers/entra-external-id',
  },
  adfs: {
    label: 'AD FS',
    template: 'adfs',
    settings: [setting('ADFS_HOST', 'Host name of the federation service', 'fs.example.com')],
    page: 'providers/adfs',
  },
  cognito: {
    label: 'Amazon Cognito',
    template: 'cognito',
    settings: [
      setting('COGNITO_REGION', 'AWS region of the user pool', 'eu-central-1'),
      setting('COGNITO_USER_POOL_ID', 'Id of the user pool', 'eu-central-1_aBcDeFgHi'),
      setting('COGNITO_CLIENT_IDS', 'App clients that may call, with commas between them', '7eexampleclient'),
    ],
    page: 'providers/cognito',
  },
  logto: {
    label: 'Logto',
    template: 'issuer',
    settings: [issuer('https://example.logto.app/oidc')],
    page: 'providers/logto',
  },
  clerk: {
    label: 'Clerk',
    template: 'clerk',
    settings: [setting('CLERK_DOMAIN', 'Domain of the Frontend API', 'clerk.example.com')],
    page: 'providers/clerk',
  },
  stytch: {
    label: 'Stytch',
    template: 'stytch',
    settings: [
      setting('STYTCH_DOMAIN', 'Domain of the project, which tokens carry', 'example.customers.stytch.dev'),
      setting('STYTCH_PROJECT_ID', 'Id of the project', 'project-live-6c20cd16-73d5-44f7-852c-9a7e7b2ccf62'),
    ],
    page: 'providers/stytch',
  },
  descope: {
    label: 'Descope',
    template: 'descope',
    settings: [
      issuer(
        'https://api.descope.com/v1/apps/agentic/P32juVkF2iM8wAGoM8PiLkGi6POV/MS35d1Xw1Yo6zozsW7n8BU6xLmnAs',
      ),
      setting('DESCOPE_PROJECT_ID', 'Id of the project', 'P32juVkF2iM8wAGoM8PiLkGi6POV'),
    ],
    page: 'providers/descope',
  },
  ory: {
    label: 'Ory',
    template: 'issuer',
    settings: [issuer('https://example.projects.oryapis.com')],
    page: 'providers/ory',
  },
  other: {
    label: 'Another one, by its issuer',
    template: 'issuer',
    settings: [issuer('https://auth.example.com')],
    page: 'providers/other',
  },
};
