/** What a test issuer offers over HTTP. */
export type IssuerEndpoint = 'metadata' | 'keys' | 'introspection';

/**
 * A way in which real servers fail:
 *
 * - `serverError`: status 500
 * - `html`: status 200 and a web page
 * - `notJson`: says JSON and sends something else
 * - `empty`: an empty JSON object
 * - `tooLarge`: a document of several megabytes
 * - `redirect`: to another origin
 * - `hangs`: never an answer
 * - `otherIssuer`: metadata that names another issuer; the other endpoints work
 */
export type BrokenAnswer =
  | 'serverError'
  | 'html'
  | 'notJson'
  | 'empty'
  | 'tooLarge'
  | 'redirect'
  | 'hangs'
  | 'otherIssuer';

/** What an issuer answers. */
export type IssuerAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The connection ends without an answer. */
  | { readonly kind: 'closes' }
  /** The connection stays, and nothing comes. */
  | { readonly kind: 'hangs' };

const tooLarge = 3_000_000;

/** How an issuer behaves at the moment. */
export class IssuerBehaviour {
  #isDown = false;
  #broken = new Map<IssuerEndpoint, BrokenAnswer>();
  delayMs = 0;

  goDown(): void {
    this.#isDown = true;
  }

  break(kind: BrokenAnswer, endpoints: readonly IssuerEndpoint[]): void {
    for (const endpoint of endpoints) this.#broken.set(endpoint, kind);
  }

  comeBack(): void {
    this.#isDown = false;
    this.#broken = new Map();
    this.delayMs = 0;
  }

  /** The document, or what comes instead. */
  answer(endpoint: IssuerEndpoint, document: () => IssuerAnswer): IssuerAnswer {
    if (this.#isDown) return { kind: 'closes' };
    const broken = this.#broken.get(endpoint);
    return broken === undefined ? document() : breakAnswer(broken, endpoint, document);
  }
}

function breakAnswer(
  kind: BrokenAnswer,
  endpoint: IssuerEndpoint,
  document: () => IssuerAnswer,
): IssuerAnswer {
  switch (kind) {
    case 'serverError':
      return json({ error: 'server_error' }, 500);
    case 'html':
      return {
        ...json({}),
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Soon</title>',
      };
    case 'notJson':
      return { ...json({}), body: '{"keys": [' };
    case 'empty':
      return json({});
    case 'tooLarge':
      return json({ padding: 'x'.repeat(tooLarge) });
    case 'redirect':
      return { ...json({}, 302), headers: { location: 'https://another-issuer.test/' } };
    case 'hangs':
      return { kind: 'hangs' };
    case 'otherIssuer': {
      const answer = document();
      if (endpoint !== 'metadata' || answer.kind !== 'answer') return answer;
      const metadata = JSON.parse(answer.body) as object;
      return json({ ...metadata, issuer: 'https://another-issuer.test' });
    }
  }
}

/** An answer in JSON. */
export function json(document: unknown, status = 200): Extract<IssuerAnswer, { kind: 'answer' }> {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(document),
  };
}
