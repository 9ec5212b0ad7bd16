import { describeMethods, type ListedMethod } from '@mcp-auth/core/adapter';
import type { JsonObject } from '../json.js';

/** One method of MCP, with a message that asks for it. */
export interface MatrixMethod extends ListedMethod {
  /**
   * An example, with what the method names; the handle of an earlier answer, where it carries one, is left to {@link withHandle}.
   */
  readonly message: JsonObject;
}

const targets: Readonly<Record<ListedMethod['target'], JsonObject>> = {
  tool: { name: 'search' },
  prompt: { name: 'plan' },
  resource: { uri: 'notes://items/1' },
  reference: { ref: { type: 'ref/prompt', name: 'plan' } },
  subscriptions: { notifications: { resourceSubscriptions: ['notes://items/1'] } },
  none: {},
};

/**
 * Every method of every revision: what each is, what it acts on, which handle it carries, how long its answer stays open, and a message
 * for it. Matrices of tests are generated from it, so that no method is left out of one.
 *
 * @see {@link cases}
 * @example
 * ```ts
 * import { listMatrixMethods } from '@mcp-auth/conformance';
 *
 * const streams = listMatrixMethods().filter(({ stream }) => stream !== 'none');
 * console.info(streams.map(({ name, message }) => `${name}: ${JSON.stringify(message)}`));
 * ```
 */
export function listMatrixMethods(): readonly MatrixMethod[] {
  return describeMethods().map((method) => ({
    ...method,
    message: {
      jsonrpc: '2.0',
      ...(method.kind === 'request' ? { id: 1 } : undefined),
      method: method.name,
      params: targets[method.target],
    },
  }));
}

/**
 * The message of a method with a handle in it; nothing for a method that carries none.
 *
 * @see {@link listMatrixMethods}
 * @example
 * ```ts
 * import { listMatrixMethods, withHandle } from '@mcp-auth/conformance';
 *
 * const messages = listMatrixMethods().flatMap((method) => withHandle(method, 'a-handle') ?? []);
 * console.info(messages.length);
 * ```
 */
export function withHandle({ message, handle: kind }: MatrixMethod, handle: string): JsonObject | undefined {
  const member = { task: 'taskId', state: 'requestState', none: undefined }[kind];
  if (member === undefined) return undefined;
  return { ...message, params: { ...(message.params as JsonObject), [member]: handle } };
}
