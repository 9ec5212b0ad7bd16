import type { AuthorizationServer } from '../authorization-server/authorization-server.js';
import type { AuthServerMetadata } from '../config/authorization-server.js';
import type { AuthorizationExtensionOptions } from '../config/sdk-options.js';
import type { EventSink } from '../events/event-sink.js';

/** The official MCP extensions for authorization that a server can advertise, by identifier. */
export type AuthorizationExtensionName =
  | 'io.modelcontextprotocol/oauth-client-credentials'
  | 'io.modelcontextprotocol/enterprise-managed-authorization';

/**
 * Members for `capabilities.extensions` of a server, in the form of the official SDK: a name, and its settings, of which these extensions
 * have none.
 */
export type AuthorizationExtensions = Partial<Record<AuthorizationExtensionName, Record<string, never>>>;

interface Extension {
  readonly name: AuthorizationExtensionName;
  /** What the metadata of a server lacks for it, as a sentence about that server; nothing where it has all. */
  readonly findLack: (metadata: AuthServerMetadata) => string | undefined;
}

const extensions: Readonly<Record<'clientCredentials' | 'enterpriseManagedAuthorization', Extension>> = {
  clientCredentials: {
    name: 'io.modelcontextprotocol/oauth-client-credentials',
    // RFC 8414 §2: what is left out has a default, which has no client credentials, and client_secret_basic
    findLack: ({
      grantTypesSupported,
      tokenEndpointAuthMethodsSupported: methods = ['client_secret_basic'],
    }) => {
      if (grantTypesSupported?.includes('client_credentials') !== true) {
        return 'does not list client_credentials in grant_types_supported';
      }
      return methods.includes('private_key_jwt') || methods.includes('client_secret_basic')
        ? undefined
        : 'lists neither private_key_jwt nor client_secret_basic in token_endpoint_auth_methods_supported';
    },
  },
  enterpriseManagedAuthorization: {
    name: 'io.modelcontextprotocol/enterprise-managed-authorization',
    findLack: ({ authorizationGrantProfilesSupported }) =>
      authorizationGrantProfilesSupported?.includes('urn:ietf:params:oauth:grant-profile:id-jag') === true
        ? undefined
        : 'does not list urn:ietf:params:oauth:grant-profile:id-jag in authorization_grant_profiles_supported',
  },
};

/**
 * What a server advertises. Each document of its authorization servers is looked at when it comes; where all of them are known and none
 * can do what is advertised, the owner is warned.
 */
export function advertiseExtensions(
  options: AuthorizationExtensionOptions,
  { identifier, servers }: { readonly identifier: string; readonly servers: readonly AuthorizationServer[] },
  events: EventSink,
): AuthorizationExtensions {
  const advertised: AuthorizationExtensions = {};
  for (const option of ['clientCredentials', 'enterpriseManagedAuthorization'] as const) {
    if (options[option] !== true) continue;
    const { name, findLack } = extensions[option];
    advertised[name] = {};
    const lacks = new Map<AuthorizationServer, string | undefined>();
    for (const server of servers) {
      server.known.listen((metadata) => {
        lacks.set(server, findLack(metadata));
        if (lacks.size < servers.length || ![...lacks.values()].every((lack) => lack !== undefined)) return;
        const reasons = [...lacks].map(([{ issuer }, lack]) => `${issuer} ${lack ?? ''}`);
        events.warn(
          `authorizationExtensions: ${identifier} advertises ${name}, but ${reasons.join(', and ')}. Turn it on there, or leave ${option} out.`,
        );
      });
    }
  }
  return advertised;
}
