import type { CorsPolicy } from '../cors/cors-policy.js';
import type { ScopeCheck } from '../scopes/scope-hierarchy.js';
import type { TrustedServer } from './trusted-server.js';

/** What gates have to know of what they protect: a protected resource, or in legacy mode one without an identifier. */
export interface GatedResource {
  /** Absent in legacy mode, and the address of its metadata with it. */
  readonly identifier: string | undefined;
  readonly metadataUrl: string | undefined;
  readonly servers: readonly TrustedServer[];
  readonly cors: CorsPolicy | undefined;
  readonly scopeCheck: ScopeCheck;
  readonly scopesSupported: readonly string[];
}
