import { readToken } from './steps/audience.js';
import { type Binding, callOrLeave, leaveBound } from './steps/binding.js';
import { type Called, callServer, callTool } from './steps/call.js';
import type { FoundClient } from './steps/registration.js';
import type { FoundServer } from './steps/server-metadata.js';
import type { Tokens } from './steps/token.js';
import { Broken, type Fault } from './trail.js';
import type { Walk } from './walk-state.js';

/** What the walk learned that the table of clients is judged by. */
export interface Learned {
  server?: FoundServer;
  client?: FoundClient;
  needsStepUp: boolean;
  called: boolean;
}

/** Where the walk goes. */
export interface Goal {
  readonly resource: string;
  readonly server: FoundServer;
  readonly scopes: readonly string[];
  readonly binding: Binding;
}

/** How to get a token: again with more scopes, where that is possible. */
export interface Way {
  readonly tokens: Tokens;
  readonly again: ((scopes: readonly string[]) => Promise<Tokens>) | undefined;
  readonly refresh: ((token: string) => Promise<Tokens>) | undefined;
}

/** Reads a token, calls the server with it, logs in again where more scopes are asked for, and refreshes it. */
export async function useToken(walk: Walk, goal: Goal, way: Way, learned: Learned): Promise<void> {
  const { trail, options } = walk;
  const place = { resource: goal.resource, issuer: goal.server.issuer, required: [] };
  const read = await trail.step(
    'audience',
    () => readToken(way.tokens.access, place),
    ({ saw }) => saw,
  );
  if (read.isOpaque) trail.note({ problem: 'token-opaque', why: read.saw });
  if (goal.binding.only !== undefined) {
    leaveBound(trail, goal.binding.only);
    return;
  }
  let { tokens } = way;
  const called = await trail.step(
    'call',
    async () => {
      const first = await callOrLeave(walk, tokens.access, read, goal.binding);
      if (first.kind === 'answered') return first;
      learned.needsStepUp = true;
      tokens = await stepUp(walk, way, goal.scopes, first);
      return requireAnswer(await callServer(walk, tokens.access, undefined));
    },
    ({ revision, tools }) => `${tools.length} tools, over MCP ${revision}`,
  );
  learned.called = true;
  noteAccepted(walk, read.suspicion);
  if (read.boundTo !== undefined) {
    trail.note({
      problem: 'binding-ignored',
      why: `The token has cnf for ${read.boundTo}, and came without.`,
    });
  }
  if (options.tool === undefined) {
    if (!learned.needsStepUp) trail.skip('step-up', 'no tool was named to try it with');
  } else {
    tokens = await tryTool(
      walk,
      { way, tokens, scopes: goal.scopes, known: called.tools },
      options.tool,
      learned,
    );
  }
  await tryRefresh(walk, way, tokens);
}

function noteAccepted({ trail }: Walk, suspicion: Fault | undefined): void {
  if (suspicion !== undefined) trail.note({ ...suspicion, problem: 'accepted-all-the-same', fix: undefined });
}

type Scopes = Extract<Called, { readonly kind: 'scopes' }>;

/** Logs in again for what the challenge asks for, as well as what was there (MCP 2026-07-28, SEP-2350). */
async function stepUp(
  { trail }: Walk,
  { again }: Way,
  granted: readonly string[],
  asked: Scopes,
): Promise<Tokens> {
  const { scopes, exchange } = asked;
  const wanted = scopes.length === 0 ? 'more scopes, without saying which' : scopes.join(' ');
  if (again === undefined || scopes.length === 0) {
    throw new Broken({
      problem: 'call-scopes',
      why: `It answered 403 and asks for ${wanted}.`,
      expected: scopes.join(' '),
      actual: granted.join(' '),
      exchange,
    });
  }
  const tokens = await again([...new Set([...granted, ...scopes])]);
  const missing = scopes.filter((name) => tokens.scopes !== undefined && !tokens.scopes.includes(name));
  if (missing.length > 0) {
    throw new Broken({
      problem: 'step-up-not-granted',
      why: `The server asks for ${wanted}, and the new token is without ${missing.join(' ')}.`,
      expected: scopes.join(' '),
      actual: tokens.scopes?.join(' '),
      exchange,
    });
  }
  trail.pass('step-up', `logged in again for ${scopes.join(' ')}`);
  return tokens;
}

function requireAnswer(called: Called): Extract<Called, { readonly kind: 'answered' }> {
  if (called.kind === 'answered') return called;
  throw new Broken({
    problem: 'step-up-not-granted',
    why: `After the new login the server still asks for ${called.scopes.join(' ')}.`,
    expected: called.scopes.join(' '),
    exchange: called.exchange,
  });
}

interface Attempt {
  readonly way: Way;
  readonly tokens: Tokens;
  readonly scopes: readonly string[];
  readonly known: readonly string[];
}

async function tryTool(
  walk: Walk,
  { way, tokens, scopes, known }: Attempt,
  tool: NonNullable<Walk['options']['tool']>,
  learned: Learned,
): Promise<Tokens> {
  const { trail } = walk;
  return trail.step(
    'step-up',
    async () => {
      if (!known.includes(tool.name)) {
        throw new Broken({
          problem: 'tool-failed',
          why: `${tool.name} is not among the tools: ${known.join(', ')}.`,
        });
      }
      const first = await callTool(walk, tokens.access, tool);
      if (first.kind === 'answered') {
        trail.pass('step-up', `${tool.name} answers with the scopes of the first login`);
        return tokens;
      }
      learned.needsStepUp = true;
      const more = await stepUp(walk, way, scopes, first);
      requireAnswer(await callTool(walk, more.access, tool));
      return more;
    },
    () => `${tool.name} answers`,
  );
}

async function tryRefresh(walk: Walk, { refresh }: Way, tokens: Tokens): Promise<void> {
  const { trail } = walk;
  const { refresh: token } = tokens;
  if (refresh === undefined || token === undefined) {
    trail.skip('refresh', 'there is no refresh token');
    return;
  }
  await trail.step(
    'refresh',
    async () => {
      const renewed = await atRefresh(() => refresh(token), 'refresh-refused');
      await atRefresh(() => callServer(walk, renewed.access, undefined), 'refresh-useless');
    },
    () => 'the refreshed token is accepted',
  );
}

/** What breaks here has the words of the step it broke in, and the name of this one. */
async function atRefresh<Found>(act: () => Promise<Found>, problem: Fault['problem']): Promise<Found> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Broken ? new Broken({ ...error.fault, problem, fix: undefined }) : error;
  }
}
