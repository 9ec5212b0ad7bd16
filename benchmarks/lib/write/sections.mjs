/** The suites as the page shows them: order, words, charts. */
export const sections = [
  {
    suite: 'http',
    heading: 'A request',
    text: `Each subject behind its framework in a process of its own; another process sends requests over 16 connections. Counted is the
processor time of the server, the whole request included: sockets, HTTP parser, router, a handler that answers \`{"ok":true}\`. The
baseline is the same route behind a middleware that reads one field and lets everyone in, sent the very same requests.`,
    charts: [
      {
        file: 'performance-requests.svg',
        alt: 'Processor time of a request with a token seen before, by framework',
      },
    ],
  },
  {
    suite: 'verify',
    heading: 'A token',
    text: `One token after the other in one process, without a framework. Each arrives as a new string, as an HTTP parser makes one, because
engines remember the hash of a string they know; making it has a row of its own and counts in every other, though not in the promise.
"Seen before" takes turns among 16 tokens.`,
    charts: [
      { file: 'performance-tokens.svg', alt: 'Processor time to verify an RS256 token, seen before and new' },
    ],
  },
  {
    suite: 'operations',
    heading: 'A batch of operations',
    text: `The largest batch that is judged, 100 reads, under rules with 50 URI templates, beside reading its JSON: every URI counts in all
spellings that a handler may take for the same resource.`,
  },
  {
    suite: 'concurrency',
    heading: 'Many at once',
    text: `How often the issuer is asked, and whether anyone is refused because of it. A thousand requests meet a process that knows no keys
yet. Two minutes later the issuer replaces its key and 200 requests arrive at once with tokens of the new one; it replaces it again
at once, as in an emergency, and 200 more arrive. After two more minutes 2,000 requests bear key ids that somebody made up, and then
20 bear good tokens.`,
  },
  {
    suite: 'scale',
    heading: 'Growth',
    text: `Requests pick any of the tokens with equal chance, the worst case for a cache; real clients send bursts. Memory is what is alive
after a collection, beyond what was there before the first token.`,
    charts: [
      { file: 'performance-scale-cost.svg', alt: 'Processor time of a request by number of distinct tokens' },
      { file: 'performance-scale-memory.svg', alt: 'Memory kept by number of distinct tokens' },
    ],
  },
  {
    suite: 'events',
    heading: 'Events and logs',
    text: `What it adds to a request that its owner hears of it, on the cheapest path there is: a token seen before, allowed. The baseline is a
server with \`log: false\`, of which nobody hears anything. OpenTelemetry records metrics and spans, batches them, and hands them to an
exporter that throws them away; the audit log is written to a file.`,
  },
  {
    suite: 'size',
    heading: 'Start and size',
    text: `Bundles hold what a server imports to protect a route, dependencies included, without the framework; what is loaded on demand only, such as introspection, is counted apart. On the disk counts what npm
installs, dependencies included, peer dependencies not.`,
  },
  {
    suite: 'metadata',
    heading: 'Metadata documents',
    text: `Judging an RFC 8414 document with all its faults named: the generated validators of \`@mcp-auth/schemas\`, by hand, zod and ajv.`,
  },
];
