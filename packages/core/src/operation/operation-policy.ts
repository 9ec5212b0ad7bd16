import type { OperationFunction, OperationNeed } from '../policy/policy-function.js';
import type { OperationRequirement } from '../policy/operation-requirement.js';

export type { OperationFunction, OperationNeed };

/**
 * What one operation needs: scopes, a login (`{ authentication }`), or both; `'anonymous'` for no token at all; `'refuse'` to answer as if it did not exist; or a
 * function of the request and the caller.
 */
export type OperationRule = OperationNeed | OperationFunction;

/** What holds for everything that no other rule names: never `'anonymous'`, which has to be said by name. */
export type RemainingRule = OperationRequirement | 'refuse' | OperationFunction;

/** Rules by name, URI or URI template, and under `'*'` what holds for everything that no other rule names. */
export interface TargetRules {
  readonly '*': RemainingRule;
  readonly [target: string]: OperationRule;
}

/** Rules by method. `'*'` stands for every request that no other rule is about, methods of future revisions included. */
export interface MethodRules {
  readonly '*'?: RemainingRule | undefined;
  readonly [method: string]: OperationRule | undefined;
}

/**
 * What the operations of an MCP endpoint need, in addition to the scopes of the route. Decided on the body.
 *
 * A method that MCP knows and no rule is about needs the scopes of the route only. A method that no revision of MCP has is
 * answered as unknown, unless `methods` names it or has `'*'`.
 *
 * @see MCP Authorization, Runtime Insufficient Scope Errors
 * @see RFC 6750 §3.1
 * @example
 * ```ts
 * import type { OperationPolicy } from '@mcp-auth/core';
 *
 * export const operations: OperationPolicy = {
 *   tools: { 'read-note': ['notes:read'], 'delete-note': { anyOf: ['notes:write', 'admin'] }, '*': 'refuse' },
 *   methods: { 'tools/list': 'anonymous' },
 * };
 * ```
 */
export interface OperationPolicy {
  /** `tools/call`, by tool name. Default: none. */
  readonly tools?: TargetRules | undefined;
  /**
   * `resources/read`, `resources/subscribe`, `resources/unsubscribe`, `subscriptions/listen` and `completion/complete`, by
   * URI or URI template (`notes://{id}`, `file:///{+path}`). Default: none.
   */
  readonly resources?: TargetRules | undefined;
  /** `prompts/get` and `completion/complete`, by prompt name. Default: none. */
  readonly prompts?: TargetRules | undefined;
  /** Any other method, by its name, for example `tools/list` or `logging/setLevel`. Default: none. */
  readonly methods?: MethodRules | undefined;
  /**
   * Milliseconds that a rule that is a function is waited for; later the request is answered with 503. Default: 5000. At most 300000.
   */
  readonly ruleTimeoutMs?: number | undefined;
}
