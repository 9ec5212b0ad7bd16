import { H3, type H3Event } from 'h3';
import { server } from './fetch-server.js';

/** The second argument says who sent the request, which `limits` needs. */
const handle = ({ req, runtime }: H3Event) => server.fetch(req, { incoming: runtime?.node?.req });

export const app = new H3().all('/mcp', handle).all('/.well-known/oauth-protected-resource/**', handle);
