import { MCPAuthConfigError } from '../errors/config-error.js';

type Method = (...given: unknown[]) => unknown;

/** Of a method by its name: how its call is written where its result is used. */
export type CallExamples = Readonly<Record<string, string>>;

const guarded = new WeakMap<object, () => MCPAuthConfigError>();

/**
 * Makes methods of a class say what to write where they are handed over without a call, taken off their object, or given
 * more than they take. Without it a framework would call them with its own objects, and nothing would tell why that fails.
 *
 * The error is thrown; where a callback comes as the third of three arguments, as hooks, plugins and Express's middleware
 * get it, it goes there, because not every framework survives a throw.
 *
 * @param examples - by method: `bearerAuth: "app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler)"`
 * @see {@link explainUncalled}
 * @example
 * ```ts
 * import { BaseMCPAuth, guardMethods } from '@mcp-auth/core/adapter';
 *
 * export class MCPAuth extends BaseMCPAuth {
 *   static override readonly interfaceVersion = 1;
 *
 *   static {
 *     guardMethods(MCPAuth, { bearerAuth: 'app.use(mcpAuth.bearerAuth())' });
 *   }
 *
 *   bearerAuth() {
 *     return this.engine.createGate();
 *   }
 * }
 * ```
 */
export function guardMethods(type: abstract new (...given: never) => object, examples: CallExamples): void {
  const members = type.prototype as Record<string, Method>;
  for (const [name, example] of Object.entries(examples)) {
    const method = members[name];
    if (method === undefined) continue;
    const explain = () => notCalled(name, method.length, example);
    const guard = function (this: unknown, ...given: unknown[]): unknown {
      if (this instanceof type && given.length <= method.length) return method.apply(this, given);
      const [, , done] = given;
      if (given.length === 3 && typeof done === 'function') return void (done as Method)(explain());
      throw explain();
    };
    // A method is spread, or asked for its routes, where its result was meant: { ...mcpAuth.bearerAuth } would be no hook at all
    for (const member of ['onRequest', 'routes']) {
      Object.defineProperty(guard, member, {
        enumerable: member === 'onRequest',
        get: () => {
          throw explain();
        },
      });
    }
    guarded.set(guard, explain);
    Object.defineProperty(members, name, { value: guard, writable: true, configurable: true });
  }
}

/**
 * The error for a method of {@link guardMethods} that was handed over without a call, where somebody finds it.
 *
 * @see {@link guardMethods}
 * @example
 * ```ts
 * import { explainUncalled } from '@mcp-auth/core/adapter';
 *
 * export function use(middleware: unknown) {
 *   const mistake = explainUncalled(middleware);
 *   if (mistake !== undefined) throw mistake;
 * }
 * ```
 */
export function explainUncalled(value: unknown): MCPAuthConfigError | undefined {
  return typeof value === 'function' ? guarded.get(value)?.() : undefined;
}

function notCalled(name: string, count: number, example: string): MCPAuthConfigError {
  const most = count === 0 ? 'without arguments' : `with at most ${count} arguments`;
  return new MCPAuthConfigError(
    'invalid_option',
    name,
    `must be called, as a method of its MCPAuth object and ${most}. Write ${example}; mcpAuth.${name} without a call does not work, nor does const { ${name} } = mcpAuth.`,
  );
}
