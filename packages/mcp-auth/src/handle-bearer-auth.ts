import type { AuthInfo } from './auth-info.js';
export type VerifyAccessTokenFunction = (token: string) => AuthInfo | Promise<AuthInfo>;
