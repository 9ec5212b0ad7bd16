export { createApp, type WhoamiConfig } from './app.js';
export { readTokenSettings, type TokenSettings } from './token-settings.js';
export { createUserInfoVerifier, type UserInfoVerifierOptions } from './user-info-verifier.js';
