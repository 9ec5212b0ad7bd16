import { Hono, type MiddlewareHandler } from 'hono';

/** A Hono app, for `app.route('/', router)`, that is a middleware too, for `app.use(router)`. */
export type MetadataRouter = Hono & MiddlewareHandler;

/** What a router answers for. */
export interface RouterPaths {
  readonly paths: readonly string[];
  readonly preflightPaths: readonly string[];
}

/** What Hono would not match as it is written: a percent sign, which it decodes, and the signs of its patterns. */
const isPattern = /[%:*?{}]/;

/**
 * Hono takes an app in one place and a middleware in the other, and calls what it was given, without a look at it, with
 * the first request. The paths of the documents are fixed, so both can be the same.
 *
 * @param watch - sees every request that passes
 */
export function createMetadataRouter(
  answer: MiddlewareHandler,
  watch: MiddlewareHandler | undefined,
  { paths, preflightPaths }: RouterPaths,
): MetadataRouter {
  const app = new Hono();
  const elsewhere = paths.filter((path) => !path.startsWith('/.well-known/'));
  if (elsewhere.some((path) => isPattern.test(path))) {
    // What is not for a document passes
    app.use('*', answer);
  } else {
    if (watch !== undefined) app.use('*', watch);
    app.use('/.well-known/*', answer);
    for (const path of elsewhere) app.use(path, answer);
  }
  for (const path of preflightPaths) app.options(path, answer);
  // A Proxy has the type of its target; what this one answers for is both
  return new Proxy(answer, {
    get: (own, name) => {
      const owner = name in app ? app : own;
      const value: unknown = Reflect.get(owner, name, owner);
      // Methods of the class need the app itself; its own members are compared by identity
      return typeof value === 'function' && !Object.hasOwn(owner, name)
        ? (value.bind(owner) as unknown)
        : value;
    },
    set: (_own, name, value) => Reflect.set(app, name, value),
    has: (own, name) => name in app || name in own,
    getPrototypeOf: () => Hono.prototype,
  }) as unknown as MetadataRouter;
}
