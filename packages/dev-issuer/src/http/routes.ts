/** Who may ask for what is there. */
export type RouteKind =
  /** Pages of any origin may read it (RFC 8414 §3, RFC 7517): it is public, and clients in a browser begin with it. */
  | 'public'
  /** Clients call it, those in a browser too, which have to be pages of this machine then, such as the MCP Inspector. */
  | 'client'
  /** Servers call it. */
  | 'server'
  /** A user opens it, and no page may ask for it behind their back. */
  | 'page';

export interface Route {
  readonly kind: RouteKind;
  readonly name: string;
  readonly methods: readonly string[];
}

const read = ['GET', 'HEAD'];
const readFromPages = [...read, 'OPTIONS'];
const post = ['POST'];
const postFromPages = ['POST', 'OPTIONS'];

const routes: ReadonlyMap<string, Route> = new Map(
  [
    route('public', '/.well-known/oauth-authorization-server', readFromPages),
    route('public', '/.well-known/openid-configuration', readFromPages),
    route('public', '/jwks', readFromPages),
    route('client', '/reg', postFromPages),
    route('client', '/token', postFromPages),
    route('client', '/token/revocation', postFromPages),
    route('client', '/me', [...read, ...postFromPages]),
    route('server', '/token/introspection', post),
    route('page', '/', read),
    route('page', '/auth', read),
  ].map((each) => [each.name, each]),
);

const stylesheet = route('server', '/style.css', read);

/** Those with an identifier at the end, which means something together with a cookie or a token alone. */
const withIdentifier: readonly Route[] = [
  route('page', '/auth/', read),
  route('page', '/interaction/', [...read, ...post]),
  route('server', '/reg/', read),
];

/**
 * What is at a path; nothing for all others, in other letters too: `oidc-provider` takes `/AUTH` for `/auth`, and has routes that are
 * nobody's business here.
 */
export function findRoute(path: string): Route | undefined {
  if (path === stylesheet.name) return stylesheet;
  return (
    routes.get(path) ??
    withIdentifier.find(({ name }) => path.startsWith(name) && /^[\w-]{1,100}$/.test(path.slice(name.length)))
  );
}

function route(kind: RouteKind, name: string, methods: readonly string[]): Route {
  return { kind, name, methods };
}
