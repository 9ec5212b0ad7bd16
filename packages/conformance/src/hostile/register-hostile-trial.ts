import type { RegisterTest } from '../runner/run-conformance.js';
import { controlCases } from './control-group.js';
import { hostileCases } from './corpus.js';
import { selectCoveringAttacks } from './covering.js';
import type { HostileCase } from './hostile-case.js';
import type { HostileTrial } from './hostile-trial.js';
import type { HostileRoutes } from './hostile-world.js';

const stormSizes = { all: 2000, covering: 200 } as const;

/** How much of the corpus: all of it, or some for each group, reason and requirement. */
export type HostileSelection = keyof typeof stormSizes;

/**
 * Registers one test for each case of the corpus and of its control group, then what holds for all of them together.
 *
 * The tests must run one after another: the last ones judge what the others caused.
 *
 * @param attacks - `covering`: of the corpus one attack for each group and reason, and for each requirement
 *
 * @see RFC 8725 §3
 * @example
 * ```ts
 * import { HostileTrial, registerHostileTrial, type ConformanceSubject, type RegisterTest } from '@mcp-auth/conformance';
 *
 * export async function register(subject: ConformanceSubject, test: RegisterTest) {
 *   const trial = await HostileTrial.begin(subject);
 *   registerHostileTrial(trial, test);
 *   return () => trial.end();
 * }
 * ```
 */
export function registerHostileTrial(
  trial: HostileTrial,
  test: RegisterTest,
  selection: HostileSelection = 'all',
): void {
  const stormSize = stormSizes[selection];
  for (const entry of selectAttacks(trial.routes, selection)) {
    const { id, title, requirements } = entry;
    test(`${id}: refuses ${title} ${cite(requirements)}`, async () => fail(await trial.attempt(entry)));
  }
  for (const entry of selection === 'all' ? controlCases : controlCases.slice(0, 5)) {
    const { id, title, requirements } = entry;
    test(`${id}: accepts ${title} ${cite(requirements)}`, async () => fail(await trial.admit(entry)));
  }
  test(`decides ${stormSize} mixed requests of 20 users at the same time, each under its own name ${cite(stormRules)}`, async () =>
    fail(await trial.storm(stormSize)));
  test(`spends no more fetches than the budget, and none on a foreign server ${cite(budgetRules)}`, () => {
    fail(trial.findOverspending());
    return Promise.resolve();
  });
  test(`tells no part of a token in any event or line of the log ${cite(secretRules)}`, () => {
    fail(trial.findLeaks());
    return Promise.resolve();
  });
}

/** Where scopes are observed, a request that lacks nothing but scopes passes: that is what it is for. */
function selectAttacks(routes: HostileRoutes, selection: HostileSelection): readonly HostileCase[] {
  const touched = hostileCases.filter(
    ({ expected }) => routes === 'observed' && expected.event === 'insufficient_scope',
  );
  const left = hostileCases.filter((entry) => !touched.includes(entry));
  return selection === 'all' ? left : selectCoveringAttacks(left);
}

const stormRules = ['MCP-2026-07-28-RS-013', 'MCP-2026-07-28-RS-030', 'OAUTH21-5.2-01'];
const secretRules = ['MCP-2026-07-28-RS-033'];
const budgetRules = ['RFC9068-4-07', 'RFC8725-3.10-01', 'RFC8414-CACHE-01'];

function cite(requirements: readonly string[]): string {
  return requirements.map((requirement) => `[${requirement}]`).join(' ');
}

function fail(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
