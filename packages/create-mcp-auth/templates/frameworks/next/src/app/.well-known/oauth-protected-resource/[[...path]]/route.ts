import { getRoutes } from '../../../../routes.js';

/** A client reads here where tokens come from. Pages of any origin may. */
const publish = (request: Request): Promise<Response> => getRoutes().metadata.GET(request);

// All methods: what Next.js answers itself where one is missing does not say which there are
export {
  publish as DELETE,
  publish as GET,
  publish as HEAD,
  publish as OPTIONS,
  publish as PATCH,
  publish as POST,
  publish as PUT,
};
