import { getRoutes } from '../../../../routes.js';

/** A client reads here where tokens come from. Pages of any origin may. */
export const GET = (request: Request): Promise<Response> => getRoutes().metadata.GET(request);
export const OPTIONS = (request: Request): Promise<Response> => getRoutes().metadata.OPTIONS(request);
