import type { AuthInfo } from '../caller/auth-info.js';
import { authInfoOf, type SdkHandlerContext } from '../sdk/auth-info-of.js';

/** `RequestStateCodec` of `@modelcontextprotocol/server`. */
export interface StateCodec<Payload, Context> {
  /** Seals what a handler has to remember until the client comes back. */
  mint(payload: Payload, context?: Context): Promise<string>;
  /** What was sealed, for the same caller; for the option `requestState.verify` of a server. Rejects for any other state. */
  verify(state: string, context: Context): Promise<Payload>;
}

/** Makes a codec of one key: `createRequestStateCodec` of `@modelcontextprotocol/server`. */
export type StateCodecFactory<Payload, Context> = (options: {
  /** Of 32 bytes. */
  readonly key: Uint8Array;
  readonly bind: (context: Context) => string;
}) => StateCodec<Payload, Context>;

/** A codec of each key, the first of which mints. Keys are asked for on first use. */
export function rotateState<Payload, Context>(
  readKeys: () => Promise<readonly Uint8Array[]>,
  bind: (context: Context) => string,
  create: StateCodecFactory<Payload, Context>,
): StateCodec<Payload, Context> {
  let made: Promise<readonly StateCodec<Payload, Context>[]> | undefined;
  const codecs = () => (made ??= readKeys().then((keys) => keys.map((key) => create({ key, bind }))));
  return {
    mint: async (payload, context) => {
      const [first] = await codecs();
      if (first === undefined) throw new TypeError('There is no key.');
      return first.mint(payload, context);
    },
    verify: async (state, context) => {
      const results = await Promise.allSettled((await codecs()).map((codec) => codec.verify(state, context)));
      const opened = results.find((result) => result.status === 'fulfilled');
      if (opened !== undefined) return opened.value;
      throw selectError(results);
    },
  };
}

/** What the key says that has made the state: all others say that the tag is wrong. */
function selectError(results: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = results.flatMap((result): unknown[] =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  return reasons.find((reason) => !(reason instanceof Error && reason.message === 'mac')) ?? reasons[0];
}

/** The members of a handler's context that a state is bound to: version 2 of the official SDK. */
interface StateContext extends SdkHandlerContext {
  readonly mcpReq?: { readonly method?: unknown } | undefined;
  readonly http?: { readonly authInfo?: unknown; readonly req?: Request | undefined } | undefined;
}

/** @param principalOf - throws for a caller who cannot be told from others */
export function bindState(
  context: SdkHandlerContext,
  principalOf: (caller: AuthInfo | undefined) => string,
): string {
  const principal = principalOf(authInfoOf(context));
  const { mcpReq, http } = context as StateContext;
  const target = http?.req?.headers.get('mcp-name') ?? null;
  return JSON.stringify([principal, mcpReq?.method ?? null, target]);
}
