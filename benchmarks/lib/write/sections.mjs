import { times } from '../report.mjs';
import { routeWithOperations } from '../subjects/http/body-routes.mjs';
import { bare, inline, isOwn, self } from '../subjects/http/names.mjs';
import {
  drawBodies,
  drawFailures,
  drawFirstSight,
  drawGrowth,
  drawRequests,
  drawSizes,
  drawStreams,
} from './charts.mjs';

const frameworks = { express: 'Express', fastify: 'Fastify', hono: 'Hono' };
const of = (measured, wanted) => measured.find(({ name }) => name === wanted);

/** The ratios of the three frameworks as a sentence lists them. */
const list = (valueOf) =>
  Object.entries(frameworks)
    .map(([framework, title]) => `${valueOf(framework)} on ${title}`)
    .join(', ');

const microseconds = (nanoseconds) => `${(nanoseconds / 1000).toFixed(nanoseconds < 10_000 ? 1 : 0)} µs`;
const bestPeer = (measured, valueOf = ({ ratio }) => ratio) =>
  measured
    .filter(({ name }) => !isOwn(name) && name !== bare && !name.startsWith('the header alone'))
    .filter(({ name }) => !name.startsWith('crypto.verify'))
    .toSorted((one, other) => valueOf(one) - valueOf(other))[0];

/**
 * The questions that the page answers, each with a chart and with sentences that are made from what was measured, so that none of them is
 * older than its figures.
 *
 * @typedef {object} Section
 * @property {string} heading
 * @property {string} file of the chart
 * @property {string} alt
 * @property {(reports: Record<string, import('../report.mjs').Report>) => string} draw
 * @property {(reports: Record<string, import('../report.mjs').Report>) => string} say
 */

/** @type {Section[]} */
export const sections = [
  {
    heading: 'What does a request cost?',
    file: 'performance-requests.svg',
    alt: 'Processor time of a request with a token seen before, by framework and library',
    draw: ({ http }) => drawRequests(http.figures['a token seen before']),
    say: ({ http, verify }) => {
      const seen = http.figures['a token seen before'];
      const repeated = of(verify.figures.RS256.repeated, self);
      return `The signature of a token that was seen before is not checked again. Compared with no authorization, a request with such a token costs ${list((framework) => times(of(seen[framework], self).ratio))}. The verification alone, in process, takes ${microseconds(repeated.nanoseconds)}: ${times(repeated.ratio)} of one check of an RS256 signature.`;
    },
  },
  {
    heading: 'And a token that is new?',
    file: 'performance-tokens.svg',
    alt: 'Processor time to verify a token that was never seen, by algorithm and library',
    draw: ({ verify }) => drawFirstSight(verify.figures),
    say: ({ verify, http }) => {
      const figures = Object.entries(verify.figures).map(([alg, { firstSight }]) => {
        const peer = bestPeer(firstSight);
        return `${times(of(firstSight, self).ratio)} with ${alg} (the fastest other library: ${peer.name}, ${times(peer.ratio)})`;
      });
      const bad = http.figures['a bad signature'];
      const more = (framework) =>
        microseconds(of(bad[framework], self).nanoseconds - of(bad[framework], bare).nanoseconds);
      return `Compared with only checking its signature, it costs ${figures.join(', ')}. Each token with a bad signature costs you ${list(more)} of processor time, in addition to a request without authorization.`;
    },
  },
  {
    heading: 'What do rules for tools cost?',
    file: 'performance-bodies.svg',
    alt: 'Processor time with operations compared with the same route without authorization, by size of the body and framework',
    draw: ({ bodies }) => drawBodies(bodies.figures),
    say: ({ bodies, scale }) => {
      const ratio = (size) => (framework) =>
        times(of(bodies.figures[size][framework], routeWithOperations).ratio);
      const { rules } = scale.figures;
      return `\`operations\` needs the body of a call. A call of 0.3 kB costs ${list(ratio('0.3 kB'))}, compared with a handler without authorization that parses it itself; one of 1 MB ${list(ratio('1 MB'))}. With ${rules.at(-1).step} tools that have a rule, judging one call takes ${microseconds(rules.at(-1).tools)}; with one, ${microseconds(rules[0].tools)}.`;
    },
  },
  {
    heading: 'How does it grow?',
    file: 'performance-scale-cost.svg',
    alt: 'Processor time of a request by number of distinct tokens',
    draw: ({ scale }) => drawGrowth(scale.figures.tokens),
    say: ({ scale, 'working-sets': sets }) => {
      const tokens = scale.figures.tokens[self].at(-1);
      const { resources, issuers } = scale.figures;
      const full = sets.figures.rows.find(({ order, share }) => order === 'in turn' && share === 1);
      const count = (value) => value.toLocaleString('en-US');
      return `After ${count(tokens.step)} tokens ${(tokens.bytes / 1e6).toFixed(0)} MB are kept. Of ${count(full.count)} tokens in turn, the default bound of the cache, ${(100 * full.hits).toFixed(0)} % are remembered. A request takes ${microseconds(resources.at(-1).nanoseconds)} in process with ${count(resources.at(-1).step)} resources, ${microseconds(resources[0].nanoseconds)} with one; ${microseconds(issuers.at(-1).nanoseconds)} with ${count(issuers.at(-1).step)} discovered issuers, ${microseconds(issuers[0].nanoseconds)} with one.`;
    },
  },
  {
    heading: 'What do open streams cost?',
    file: 'performance-streams.svg',
    alt: 'Processor time of an event of an open stream by number of open streams, with and without authorization',
    draw: ({ streams }) => drawStreams(streams.figures),
    say: ({ streams }) => {
      const last = (framework) => streams.figures[framework].at(-1);
      const more = (framework) =>
        `${((of(last(framework).measured, self).bytes - of(last(framework).measured, bare).bytes) / 1000).toFixed(1)} kB`;
      return `With ${last('express').count.toLocaleString('en-US')} open, each takes ${list(more)} of memory beyond what the framework takes. An event costs, compared with no authorization, ${list((framework) => times(of(last(framework).measured, self).ratio))}.`;
    },
  },
  {
    heading: 'What happens when the issuer fails?',
    file: 'performance-failures.svg',
    alt: 'Seconds until good tokens pass, after an issuer returned and after its key was replaced, by library',
    draw: ({ recovery }) => drawFailures(recovery.figures),
    say: ({ recovery, concurrency }) => {
      const { passed } = recovery.figures.found[self];
      const [, cold, , , , madeUp] = concurrency.figures.rows.find(([name]) => name === self);
      return `1,000 simultaneous requests to a process without keys made it fetch ${cold} documents (metadata and keys); 2,000 tokens with made-up key ids made it fetch the keys ${madeUp === 1 ? 'once' : `${madeUp} times`}. With the issuer down and its keys 11 minutes old, ${passed} of 100 new tokens passed.`;
    },
  },
  {
    heading: 'What does it add to an application?',
    file: 'performance-size.svg',
    alt: 'Kilobytes in a bundle, minified and gzipped, by library',
    draw: ({ size }) => drawSizes(size.figures.rows),
    say: ({ size, entries }) => {
      const imports = size.figures.rows
        .filter(({ name }) => name.startsWith('@mcp-auth/'))
        .map(({ name, import: share }) => `${name} ${(100 * share).toFixed(0)} %`);
      return `Its import takes, beyond that of its framework, this share of the time that Node needs to start: ${imports.join(', ')}. A Worker with the fetch entry that verifies JWTs is a bundle of ${(entries.figures.bundle.atStart / 1000).toFixed(0)} kB.`;
    },
  },
];

/** Suites as they are folded, in order, each with what has to be known to read its tables. */
export const tables = {
  http: `Each subject runs behind its framework in its own process; another process sends requests over 16 connections. The processor time
of the server counts, the whole request included: sockets, HTTP parser, router, a handler that answers \`{"ok":true}\`. The
baseline is the same route with nothing in front, and the same requests. MCP Auth and the others that have one mount their metadata router.`,
  verify: `One token after the other in one process, without a framework. Each arrives as a new string, as from an HTTP parser, because
engines remember the hash of a string they know; making it counts, and has its own row. "Seen before" takes turns among 16 tokens.
\`${self}\` gets an https issuer and finds its keys, \`${inline}\` has them in its configuration.`,
  bodies: `\`tools/call\` requests. Without \`operations\` the framework's own parser reads the body; every handler answers something that it
knows from the parsed body.`,
  entries: `In process: a new \`Request\` for each call, which counts.`,
  operations: `The largest batch that is judged, 100 reads, under rules with 50 URI templates, compared with reading its JSON: every URI counts in all
spellings that a handler may take for the same resource.`,
  policies: 'What a rule that is a function, and a decision that is kept, add to a call.',
  keys: 'A token on a route that takes API keys too, and a key whose verdict is kept.',
  proofs:
    'A token that was seen before and is bound to a key, with a new DPoP proof, in process: the signature of the proof has to be computed each time.',
  'working-sets': `The number of tokens in use is half the default limit of the cache, all of it, a fifth more, or twice as many.`,
  scale: `Requests pick any of the tokens with equal chance; real clients send bursts. Memory is what is alive after a garbage collection, beyond what was
there before the first token.`,
  streams:
    'GET streams on each framework, each with its own token; an event is written to all of them, and counted when all have it.',
  concurrency: `A thousand requests meet a process that knows no keys yet. Two minutes later the issuer replaces its key and 200 requests with
tokens of the new one arrive at the same time; it replaces the key again immediately, as in an emergency, and 200 more arrive. After two more minutes come 2,000
requests with made-up key ids, and then 20 with good tokens.`,
  recovery: 'In real time: how long it took until a good token passed, if it did while the benchmark waited.',
  events: `What events add to a request, on the cheapest path: a token seen before, allowed. OpenTelemetry records
metrics and spans, batches them, and gives them to an exporter that drops them; the audit log is written to a file.`,
  size: `Bundles hold what a server imports to protect a route, dependencies included, without the framework; what is loaded only on demand is
counted separately. On disk, everything that npm installs counts, with dependencies, without peer dependencies.`,
  metadata: `Judging an RFC 8414 document, with all its errors named: the generated validators of \`@mcp-auth/schemas\`, by hand, zod and ajv.`,
};
