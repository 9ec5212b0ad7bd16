import { getRoutes } from '../../../../routes.js';

/** A client reads here where tokens come from. Pages of any origin may. */
const publish = (request: Request): Promise<Response> => getRoutes().metadata.GET(request);

// All methods: what Next.js answers itself where one is missing does not say which there are
export const GET = publish;
export const HEAD = publish;
export const OPTIONS = publish;
export const POST = publish;
export const PUT = publish;
export const PATCH = publish;
export const DELETE = publish;
