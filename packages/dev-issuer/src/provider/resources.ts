import { isOnThisMachine, parseUrl } from '../http/loopback.js';
import { isScope } from '../login/scopes.js';
import type { DevResource, TokenFormat } from '../options.js';

/** A resource as the issuer knows it. */
export interface KnownResource {
  /** Absent: any that is asked for. */
  readonly scopes: readonly string[] | undefined;
  readonly tokens: TokenFormat;
}

/** The resources that tokens may be for (RFC 8707). */
export interface Resources {
  add(resource: DevResource): void;
  /** Nothing for one that the issuer gives no tokens for. */
  find(identifier: string): KnownResource | undefined;
  /** Whether those that are named are the only ones. */
  readonly isClosed: boolean;
  readonly names: readonly string[];
}

interface Defaults {
  /** Absent: every resource on this machine. */
  readonly resources: readonly DevResource[] | undefined;
  readonly scopes: readonly string[] | undefined;
  readonly tokens: TokenFormat;
}

export function createResources({ resources, scopes, tokens }: Defaults): Resources {
  const named = new Map<string, DevResource>();
  for (const each of resources ?? []) named.set(each.resource, each);
  const isClosed = resources !== undefined;
  return {
    isClosed,
    get names() {
      return [...named.keys()];
    },
    add: (resource) => void named.set(resource.resource, resource),
    find: (identifier) => {
      const own = named.get(identifier);
      if (own !== undefined) return { scopes: own.scopes ?? scopes, tokens: own.tokens ?? tokens };
      const url = isClosed ? undefined : parseUrl(identifier);
      const isLocal =
        url !== undefined && /^https?:$/.test(url.protocol) && isOnThisMachine(url) && url.hash === '';
      return isLocal && identifier.length <= 500 ? { scopes, tokens } : undefined;
    },
  };
}

/** The valid ones among scopes that somebody has written. */
export function splitScopes(value: unknown): readonly string[] {
  return typeof value === 'string' ? [...new Set(value.split(' '))].filter(isScope) : [];
}
