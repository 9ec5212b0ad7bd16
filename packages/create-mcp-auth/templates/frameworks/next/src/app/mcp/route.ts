import { getRoutes } from '../../routes.js';

export const GET = (request: Request): Promise<Response> => getRoutes().mcp.GET(request);
export const POST = (request: Request): Promise<Response> => getRoutes().mcp.POST(request);
export const DELETE = (request: Request): Promise<Response> => getRoutes().mcp.DELETE(request);
