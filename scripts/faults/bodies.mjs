/** Faults in how a body is read where the host is Node: what is run must be what was judged. */
export const faults = [
  {
    name: 'host that shows no judged body trusted',
    file: 'packages/core/src/node/read-host-body.ts',
    search: '!(await readsBack(request, hosted.make))',
    replace: 'false',
    suite: 'host-bodies',
  },
  {
    name: 'request with methods of its own read from its Node request',
    file: 'packages/core/src/node/host-request.ts',
    search: ' || Object.getOwnPropertyNames(request).length > 0',
    replace: '',
    suite: 'host-bodies',
  },
  {
    name: 'request that somebody has read taken for new',
    file: 'packages/core/src/node/host-request.ts',
    search: 'return isNew ?',
    replace: 'return true || isNew ?',
    suite: 'host-bodies',
  },
  {
    name: 'Node request that a platform has read taken for new',
    file: 'packages/core/src/node/read-host-body.ts',
    search: ` && !('rawBody' in incoming) && !('body' in incoming)`,
    replace: '',
    suite: 'host-bodies',
  },
  {
    name: 'media type that a middleware has changed ignored',
    file: 'packages/core/src/node/read-host-body.ts',
    search: 'isUntouched ? readBodyHeaders(incoming) :',
    replace: 'true || isUntouched ? readBodyHeaders(incoming) :',
    suite: 'host-bodies',
  },
  {
    name: 'length of other bytes left on a request',
    file: 'packages/core/src/node/read-host-body.ts',
    search: '    forgetLength(request, incoming, after.isUntouched);\n',
    replace: '',
    suite: 'judged-bodies',
  },
  {
    name: 'late refusal instead of the response to another request',
    file: 'packages/hono/src/read-node-head.ts',
    search: 'incoming !== undefined && isMadeOf(context.req.raw, incoming)',
    replace: 'incoming !== undefined',
    suite: 'held-on-node',
  },
  {
    name: 'late refusal with the headers of the handler',
    file: 'packages/hono/src/hold-response.ts',
    search: 'if (value !== before) kept[key] = value;',
    replace: 'kept[key] = value;',
    suite: 'held-on-node',
  },
  {
    name: 'a body of which somebody else has read a part is handed on',
    suite: 'what-hosts-do',
    file: 'packages/core/src/node/read-host-body.ts',
    search:
      "if (after === undefined) throw new Error('The body was read by somebody else while it was judged.');",
    replace: '',
    also: [
      {
        file: 'packages/core/src/node/read-host-body.ts',
        search: 'forgetLength(request, incoming, after.isUntouched);',
        replace: 'forgetLength(request, incoming, isUntouched);',
      },
    ],
  },
  {
    name: 'a method in lower case is another one',
    suite: 'what-hosts-do',
    file: 'packages/core/src/node/node-request-head.ts',
    search: 'return knownMethods.has(upper) ? upper : method;',
    replace: 'return method;',
  },
];
