/**
 * Runs Express middleware, one after the other, on as little of a request as it reads.
 *
 * @returns {Promise<object>} the request; rejects when one of them refuses
 */
export function callMiddleware(middleware, authorization) {
  return new Promise((resolve, reject) => {
    const response = {
      set: () => response,
      status: (status) => ((response.statusCode = status), response),
      json: () => reject(new Error(`refused with ${response.statusCode}`)),
    };
    const request = {
      ...{ method: 'POST', protocol: 'http', originalUrl: '/mcp', url: '/mcp' },
      headers: { host: 'mcp.example.com', authorization },
      ...{ query: {}, body: undefined, auth: undefined },
      get: (name) => request.headers[name.toLowerCase()],
      is: () => false,
    };
    const run = (index) => {
      if (index === middleware.length) return resolve(request);
      const next = (error) => (error === undefined ? run(index + 1) : reject(error));
      Promise.resolve(middleware[index](request, response, next)).catch(reject);
    };
    run(0);
  });
}
