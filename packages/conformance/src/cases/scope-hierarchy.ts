import type { ConformanceCase } from '../case.js';
import type { Expectation } from '../expectation.js';
import type { ProfileName } from '../profiles/profiles.js';
import { allowed, call, insufficientScope } from './case-parts.js';

const both = insufficientScope('notes:read', 'notes:write');
const read = insufficientScope('notes:read');

const rows: readonly (readonly [
  id: string,
  title: string,
  profile: ProfileName,
  scope: string,
  expect: Expectation,
])[] = [
  ['narrower', 'half of what a broader scope contains is not enough', 'hierarchy', 'notes:read', both],
  ['neighbour', 'a scope outside of the hierarchy is not enough', 'hierarchy', 'notes:readx other', both],
  ['broader', 'a broader scope satisfies what it contains', 'hierarchy', 'notes', allowed],
  ['broadest', 'a scope contains what its contained scopes contain', 'hierarchy', 'admin', allowed],
  ['parts', 'the contained scopes themselves are enough', 'hierarchy', 'notes:write notes:read', allowed],
  [
    'separator',
    'with a separator, a scope contains those below it',
    'hierarchy-by-separator',
    'notes',
    allowed,
  ],
  [
    'separator-prefix',
    'with a separator, a mere prefix contains nothing',
    'hierarchy-by-separator',
    'note',
    read,
  ],
  [
    'separator-below',
    'with a separator, a scope does not contain those above it',
    'hierarchy-by-separator',
    'notes:read:one',
    read,
  ],
];

/** Scopes that contain others. */
export const scopeHierarchyCases: readonly ConformanceCase[] = [
  ...rows.map(([id, title, profile, scope, expect]): ConformanceCase => ({
    id: `hierarchy-${id}`,
    title,
    requirements: ['MCP-2026-07-28-RS-026', 'OAUTH21-5-01'],
    profile,
    request: call({ claims: { scope } }),
    expect,
  })),
  {
    id: 'hierarchy-off',
    title: 'without a hierarchy every scope is compared as it is',
    requirements: ['OAUTH21-5-01'],
    profile: 'scoped',
    request: call({ claims: { scope: 'notes admin' } }),
    expect: both,
  },
];
