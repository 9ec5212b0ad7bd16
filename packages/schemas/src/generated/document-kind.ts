// Generated from src/sources by pnpm codegen. Do not edit.

/** The kinds of document this package knows, as errors name them. */
export type DocumentKind = 'authorization_server' | 'openid_provider' | 'protected_resource';
