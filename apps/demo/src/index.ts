/** For tests that run the demonstration's servers with clients of their own. */
export { administrator } from './authorization-server/accounts.js';
export {
  startAuthorizationServer,
  type AuthorizationServer,
} from './authorization-server/authorization-server.js';
export { inspectorVersion } from './inspector-command.js';
export { mcpRemoteVersion, writeSnippets, type WrittenSnippets } from './snippets.js';
export { OAuthSession, redirectUrl } from './oauth-session.js';
export { Recorder } from './recorder.js';
export { setStage, type Actor, type Stage } from './stage.js';
export { approve } from './user-agent.js';
