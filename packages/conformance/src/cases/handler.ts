import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import { allowed, call, insufficientScope } from './case-parts.js';

const lateScopes = ['MCP-2026-07-28-RS-021', 'MCP-2026-07-28-RS-024'] as const;
const kept = { 'x-front': { is: 'kept' } } as const;
const newest = [['MCP-Protocol-Version', '2026-07-28']] as const;

/** The handler ran until it met the demand; what it would have answered must not be seen. */
const refusedLate: Expectation = {
  ...insufficientScope('notes:read', 'notes:purge'),
  headers: kept,
  handlerRan: true,
};

/** What the code behind the gate learns and demands while it works. */
export const handlerCases: readonly ConformanceCase[] = [
  {
    id: 'handler-caller-in-context',
    title: 'the handler finds the caller without being handed anything',
    requirements: ['MCP-2026-07-28-RS-030'],
    profile: 'in-context',
    request: call(),
    expect: { ...allowed, body: { members: { subjectInContext: 'user-1' } } },
  },
  {
    id: 'handler-no-caller-left-behind',
    title: 'the caller of one request is not found by the next',
    requirements: ['MCP-2025-11-25-RS-036'],
    profile: 'in-context',
    before: [{ request: call(), expect: allowed }],
    request: call({ claims: { sub: 'user-2' } }),
    expect: { ...allowed, body: { members: { subjectInContext: 'user-2' } } },
  },
  ...(['handler-demands', 'handler-demands-hidden'] as const).flatMap(
    (profile): readonly ConformanceCase[] => [
      {
        id: `${profile}-too-little`,
        title:
          'a scope that turns out to be missing inside the handler is a 403 that names all that is needed',
        requirements: lateScopes,
        profile,
        request: call({ claims: { scope: 'notes:read' } }, { headers: newest }),
        expect: refusedLate,
      },
      {
        id: `${profile}-enough`,
        title: 'with the scope that the handler demands, its answer goes out as it is',
        requirements: lateScopes,
        profile,
        request: call({ claims: { scope: 'notes:read notes:purge' } }, { headers: newest }),
        expect: { ...allowed, headers: kept, auth: { scopes: ['notes:read', 'notes:purge'] } },
      },
    ],
  ),
];
