/** Routes that take a body, by what they do with it: every one of them has it parsed, and uses what was parsed. */
export const bodyRoutes = {
  'no authorization': { isBare: true },
  'MCP Auth': { options: {} },
  'MCP Auth, asyncContext': { hasContext: true, options: {} },
  'MCP Auth, operations': {
    reads: true,
    options: { operations: { tools: { 'add-note': ['notes:write'], '*': 'refuse' } } },
  },
  'MCP Auth, operations and asyncContext': {
    ...{ reads: true, hasContext: true },
    options: { operations: { tools: { 'add-note': ['notes:write'], '*': 'refuse' } } },
  },
};

export const bareRoute = 'no authorization';
export const routeWithOperations = 'MCP Auth, operations';

/** More than the largest that is sent. */
export const bodyLimit = 4 * 1024 * 1024;

/** Such a call, of about so many bytes. */
export const createCall = (bytes) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'add-note',
      arguments: {
        title: 'Groceries',
        lines: Array.from({ length: Math.ceil((bytes - 150) / 100) }, () => line),
      },
    },
  });
const line =
  'milk, bread, "butter" and a sentence of the kind that somebody writes into a note, cafe and all.';

/** What a handler answers: something that it can only know from the parsed body. */
export const answerTo = ({ params }) => ({ lines: params.arguments.lines.length });

/** Options of `bearerAuth` for one of these routes. */
export const optionsOf = ({ options, hasContext }, scope, authContext) => ({
  requiredScopes: [scope],
  ...options,
  ...(hasContext ? { asyncContext: authContext } : {}),
});
