import { server } from './fetch-server.js';

/** One function for every method of every route: the handler knows its paths, and answers OPTIONS and HEAD itself. */
const handle = (request: Request): Promise<Response> => server.fetch(request);

export { handle as DELETE, handle as GET, handle as HEAD, handle as OPTIONS, handle as POST };
