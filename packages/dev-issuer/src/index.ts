export { DevIssuerError, type DevIssuerErrorCode } from './errors.js';
export type { Exchange, ExchangeLog, ShownMessage } from './log/exchange.js';
export type {
  DevClient,
  DevIssuerOptions,
  DevResource,
  ScopeDescription,
  ScopeTable,
  TokenFormat,
} from './options.js';
export type { TokenClaims } from './provider/sign-token.js';
export { type DevIssuer, type ResourceServerClient, startDevIssuer } from './start-dev-issuer.js';
