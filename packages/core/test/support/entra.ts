/** Entra ID and a user's token of it, for tests of adapters. */
export { createProviderOf } from '../providers/support/catalogue.js';
export { applicationId, tenantId, userToken } from '../providers/support/entra-tokens.js';
export { now } from '../providers/support/fake-provider.js';
