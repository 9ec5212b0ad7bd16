import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Fastify's own; whoever has set another one has meant it. */
export const defaultBodyLimit = 1_048_576;

/** What Fastify keeps the parsers of a context in. It has no public way to ask for the limit of one. */
interface Parsers {
  getParser(contentType: string): { readonly bodyLimit?: unknown } | undefined;
}

/**
 * Whether limits that were given to `addContentTypeParser` can be found. Where they cannot, a route must not have a limit of
 * ours: Fastify takes that instead of theirs.
 */
export function hasKnownParsers(app: FastifyInstance): boolean {
  return findParsers(app) !== undefined;
}

/** The limit that the application has given to the parser of this request; none, where that is Fastify's default. */
export function findParserLimit({ server, headers }: FastifyRequest): number {
  const limit = findParsers(server)?.getParser(headers['content-type'] ?? '')?.bodyLimit;
  return typeof limit === 'number' && limit !== server.initialConfig.bodyLimit ? limit : Infinity;
}

let parsersKey: symbol | undefined;

function findParsers(app: FastifyInstance): Parsers | undefined {
  parsersKey ??= findKey(app);
  if (parsersKey === undefined) return undefined;
  const parsers = Reflect.get(app, parsersKey) as Partial<Parsers> | undefined;
  return typeof parsers?.getParser === 'function' ? (parsers as Parsers) : undefined;
}

/** Contexts inherit from the one they are in. */
function findKey(app: object | null): symbol | undefined {
  for (let each = app; each !== null; each = Object.getPrototypeOf(each) as object | null) {
    const key = Object.getOwnPropertySymbols(each).find(
      ({ description }) => description === 'fastify.contentTypeParser',
    );
    if (key !== undefined) return key;
  }
  return undefined;
}
