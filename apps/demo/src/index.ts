export {
  startAuthorizationServer,
  type AuthorizationServer,
} from './authorization-server/authorization-server.js';
