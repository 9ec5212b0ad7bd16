export { auth0, type Auth0Options } from './providers/auth0.js';
export { clerk, type ClerkOptions } from './providers/clerk.js';
export { cognito, type CognitoOptions } from './providers/cognito.js';
export type { ProviderConfig } from './providers/config.js';
export {
  entra,
  entraMultiTenant,
  type EntraCommonOptions,
  type EntraMultiTenantOptions,
  type EntraOptions,
} from './providers/entra.js';
export { keycloak, type KeycloakOptions } from './providers/keycloak.js';
export { okta, type OktaOptions } from './providers/okta.js';
export { supabase, type SupabaseOptions } from './providers/supabase.js';
export { workos, type WorkOSOptions } from './providers/workos.js';
