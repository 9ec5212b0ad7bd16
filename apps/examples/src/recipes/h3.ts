import { H3, type H3Event } from 'h3';
import { server } from './fetch-server.js';

/** One function for every method of both routes. The second argument says who sent a request, which `limits` needs. */
export const handle = ({ req, runtime }: H3Event): Promise<Response> =>
  server.fetch(req, { incoming: runtime?.node?.req });

export const app: H3 = new H3().all('/mcp', handle).all('/.well-known/oauth-protected-resource/**', handle);
