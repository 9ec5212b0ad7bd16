export { adfs, type AdfsOptions } from './providers/adfs.js';
export { auth0, type Auth0Options } from './providers/auth0.js';
export { clerk, type ClerkOptions } from './providers/clerk.js';
export { cloudflareAccess, type CloudflareAccessOptions } from './providers/cloudflare-access.js';
export { cognito, type CognitoOptions } from './providers/cognito.js';
export type { ProviderConfig } from './providers/config.js';
export {
  entra,
  entraMultiTenant,
  type EntraMultiTenantOptions,
  type EntraOptions,
} from './providers/entra.js';
export { entraB2C, type EntraB2COptions } from './providers/entra-b2c.js';
export { entraExternalId, type EntraExternalIdOptions } from './providers/entra-external-id.js';
export type { EntraCommonOptions } from './providers/entra-tokens.js';
export { keycloak, type KeycloakOptions } from './providers/keycloak.js';
export { okta, type OktaOptions } from './providers/okta.js';
export { stytch, type StytchOptions } from './providers/stytch.js';
export { supabase, type SupabaseOptions } from './providers/supabase.js';
export { workos, type WorkOSOptions } from './providers/workos.js';
export { zitadel, type ZitadelOptions } from './providers/zitadel.js';
