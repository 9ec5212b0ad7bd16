import { ignoreRejection } from '../errors/promises.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { EventSink } from '../events/event-sink.js';
import type { GatedResource, TrustedServer } from '../resource/trusted-server.js';
import { resolveKeySetSettings } from '../config/jwt-verify-options.js';
import type { Clock } from '../net/environment.js';
import type { IntrospectionConfig } from '../config/introspection.js';
import { InactiveHint } from '../introspection/inactive-hint.js';
import type { IntrospectingIssuer } from '../introspection/introspection-verifier.js';
import { toTrustedIssuer } from './trusted-issuer.js';

/**
 * The servers that a resource asks about tokens.
 *
 * @throws {MCPAuthConfigError} `missing_introspection` when there is none, `missing_introspection_endpoint` when one can never be
 * asked, `missing_key_source` when its answers can never be verified, `ambiguous_introspection` when it is open which one an
 * opaque token belongs to
 */
export function readIntrospectingIssuers(
  resource: GatedResource,
  events: EventSink,
  now: Clock,
): readonly IntrospectingIssuer[] {
  const servers = resource.servers.filter(({ introspection }) => introspection !== undefined);
  if (servers.length === 0) {
    throw missingIntrospection(resource.servers[0]?.path ?? 'authorizationServers');
  }
  if (servers.length > 1) checkSelectors(servers);
  return servers.flatMap((trusted) => {
    const { server, introspection, tokenIssuers, path } = trusted;
    if (introspection === undefined) return [];
    if (!introspection.introspector.hasEndpoint && !server.canIntrospect) {
      throw new MCPAuthConfigError(
        'missing_introspection_endpoint',
        `${path}.introspection.endpoint`,
        'is missing, and so is metadata.introspectionEndpoint. Give one of the two.',
      );
    }
    if (introspection.introspector.needsKeys && !server.canHaveKeys) {
      throw new MCPAuthConfigError(
        'missing_key_source',
        path,
        'has neither metadata.jwksUri nor jwks, and introspection.signedResponse needs keys. Add one of the two, or remove signedResponse.',
      );
    }
    return {
      ...toTrustedIssuer(trusted, resource, events),
      tokenIssuers,
      introspector: introspection.introspector,
      inactiveHint: new InactiveHint({
        keys: server.canHaveKeys ? server.keys(resolveKeySetSettings(), true) : undefined,
        authorizationServer: server.issuer,
        now,
      }),
      selects: createSelector(introspection.selects, `${path}.introspection.selects`, events),
    };
  });
}

export function missingIntrospection(path: string): MCPAuthConfigError {
  return new MCPAuthConfigError(
    'missing_introspection',
    `${path}.introspection`,
    'is missing. Say how this resource server authenticates: introspection: { clientAuthentication: { … } }.',
  );
}

/** Opaque tokens name no issuer: with several servers to ask, the configuration must tell whose a token is. */
function checkSelectors(servers: readonly TrustedServer[]): void {
  const prefixes: string[] = [];
  for (const { introspection, path } of servers) {
    const selects = introspection?.selects;
    const where = `${path}.introspection.selects`;
    if (selects === undefined) {
      throw new MCPAuthConfigError(
        'ambiguous_introspection',
        where,
        'is needed, because several servers of this resource introspect and a token must reach no other than its own. Give the prefix of its tokens, or a function that knows them.',
      );
    }
    if (typeof selects !== 'string') continue;
    const earlier = prefixes.find((prefix) => selects.startsWith(prefix));
    if (earlier !== undefined) {
      throw new MCPAuthConfigError(
        'ambiguous_introspection',
        where,
        'begins with the prefix of an earlier server, which is asked instead. Put this server first.',
      );
    }
    prefixes.push(selects);
  }
}

/**
 * A function that throws selects nothing: a token must not be able to cause more than its own refusal. Nor does one that does
 * not say `true` or `false`: a promise would select every token.
 */
function createSelector(
  selects: IntrospectionConfig['selects'],
  path: string,
  events: EventSink,
): (token: string) => boolean {
  if (selects === undefined) return () => true;
  if (typeof selects === 'string') return (token) => token.startsWith(selects);
  return (token) => {
    try {
      const selected: unknown = selects(token);
      if (typeof selected === 'boolean') return selected;
      ignoreRejection(selected);
      events.warn(`${path} returned neither true nor false: the token in question is not introspected.`);
      return false;
    } catch {
      events.warn(`${path} threw: the token in question is not introspected.`);
      return false;
    }
  };
}
