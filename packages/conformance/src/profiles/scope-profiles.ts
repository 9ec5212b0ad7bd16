import { mcp, mcpResource } from './basic-profiles.js';
import type { Profile } from './profile.js';

/** Grants that a challenge may repeat: `notes:read` and `notes:extra`. */
function withChallenges(challengeScopes: 'required' | 'with-granted'): Profile {
  return {
    resources: [{ ...mcpResource, metadata: { scopesSupported: ['notes:read', 'notes:extra'] } }],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        challengeScopes,
        operations: { tools: { '*': [], write: ['notes:write'] } },
      },
    ],
  };
}

function withHandler(hidden: boolean): Profile {
  return {
    resources: [mcpResource],
    routes: [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read'], inContext: true }],
    frontHeaders: [['X-Front', 'kept']],
    handlerDemands: { scopes: ['notes:purge'], hidden },
  };
}

/** Rules that deny, cannot be asked or want another login. */
function withPolicy(denials: Profile['routes'][number]['denials']): Profile {
  const limits = { computed: 'limits', amount: 100, reason: 'Over 100' } as const;
  return {
    resources: [mcpResource],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        ...(denials === undefined ? undefined : { denials }),
        operations: {
          tools: {
            refund: limits,
            'refund-publicly': { ...limits, public: true },
            down: { computed: 'is-down' },
            slow: { computed: 'never-ends' },
            close: { computed: 'needs-login' },
            '*': 'refuse',
          },
          resources: { 'notes://{id}': limits, '*': 'refuse' },
          ruleTimeoutMs: 50,
        },
      },
    ],
  };
}

/** Public and protected tools on one URL. */
function withPublicTools(challenges?: NonNullable<Profile['routes'][number]['challenges']>): Profile {
  return {
    resources: [mcpResource],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        ...(challenges === undefined ? undefined : { challenges }),
        operations: {
          tools: { search: 'anonymous', write: ['notes:write'], '*': 'refuse' },
          methods: {
            initialize: 'anonymous',
            'notifications/initialized': 'anonymous',
            'tools/list': 'anonymous',
            'logging/setLevel': ['admin'],
          },
        },
      },
    ],
  };
}

/** What clients write in front of a scope at this authorization server, and no token has. */
const scopePrefix = `${mcp}/`;

function withNames(written: 'short' | 'full'): Profile {
  const name = (scope: string) => (written === 'full' ? `${scopePrefix}${scope}` : scope);
  return {
    resources: [
      {
        ...mcpResource,
        servers: [{ name: 'primary', scopePrefix }],
        metadata: { scopesSupported: [name('notes:read'), name('notes:write')] },
      },
    ],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: [name('notes:read')],
        challengeScopes: 'required',
        operations: { tools: { '*': [], 'delete-note': [name('notes:write')] } },
      },
    ],
  };
}

/** Scopes that contain others, and scopes that depend on what a request asks for. */
export const scopeProfiles = {
  'scope-names-short': withNames('short'),
  'scope-names-full': withNames('full'),
  hierarchy: {
    resources: [
      {
        ...mcpResource,
        scopeHierarchy: { scopes: { admin: ['notes'], notes: ['notes:read', 'notes:write'] } },
      },
    ],
    routes: [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read', 'notes:write'] }],
  },
  'hierarchy-by-separator': {
    resources: [{ ...mcpResource, scopeHierarchy: { separator: ':' } }],
    routes: [{ path: '/mcp', resource: mcp, requiredScopes: ['notes:read'] }],
  },
  operations: {
    resources: [{ ...mcpResource, metadata: { scopesSupported: ['notes:read', 'notes:extra'] } }],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        maxBodyBytes: 2000,
        maxAnonymousBodyBytes: 1000,
        operations: {
          tools: {
            '*': [],
            write: ['notes:write'],
            purge: ['notes:write', 'notes:purge'],
            share: { anyOf: ['notes:share', 'notes:manage'] },
            help: 'anonymous',
          },
          resources: { '*': [], 'notes://private/{id}': ['notes:private'] },
          prompts: { '*': [], plan: ['notes:plan'] },
          methods: { 'tools/list': 'anonymous' },
        },
      },
    ],
  },
  'operations-required': withChallenges('required'),
  'operations-with-granted': withChallenges('with-granted'),
  'operations-by-default': {
    resources: [
      {
        ...mcpResource,
        scopeHierarchy: { scopes: { admin: ['notes:write', 'notes:manage'] }, separator: '/' },
      },
    ],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        operations: {
          tools: {
            search: 'anonymous',
            purge: { allOf: ['notes:write'], anyOf: ['notes:purge', 'notes:manage'] },
            '*': ['notes:write'],
          },
          resources: {
            'notes://open/hello': 'anonymous',
            'notes://{folder}/{id}': ['notes:read'],
            'notes://{folder}/secret': ['notes:secret'],
            '*': ['notes:any'],
          },
          prompts: { '*': ['notes:plan/all'] },
          methods: { 'logging/setLevel': ['notes:log'] },
        },
      },
    ],
  },
  'operations-closed': {
    resources: [{ ...mcpResource, metadata: { scopesSupported: ['notes:read'] } }],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        operations: {
          tools: { search: [], write: ['notes:write'], help: 'anonymous', retired: 'refuse', '*': 'refuse' },
          resources: {
            'notes://items/{id}': [],
            'file:///private/{+path}': ['notes:private'],
            'file:///{+path}': [],
            'notes://vault/key': ['notes:private'],
            '*': 'refuse',
          },
          prompts: { plan: ['notes:plan'], '*': 'refuse' },
          methods: {
            'vendor/act': [],
            'tools/list': 'anonymous',
            'prompts/list': 'refuse',
          },
        },
      },
    ],
  },
  'operations-spellings': {
    resources: [mcpResource],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        operations: {
          resources: {
            'notes://items/{id}': [],
            'file:///private/{+path}': ['notes:private'],
            'file:///{+path}': [],
            'notes://vault/key': ['notes:private'],
            '*': [],
          },
        },
      },
    ],
  },
  'operations-future': {
    resources: [mcpResource],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        operations: { methods: { '*': ['notes:future'], ping: [] }, tools: { '*': [] } },
      },
    ],
  },
  'operations-computed': {
    resources: [mcpResource],
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        operations: {
          tools: {
            right: { computed: 'answers', answer: ['notes:write'] },
            'right-late': { computed: 'answers', answer: { anyOf: ['notes:write'] }, late: true },
            'open-late': { computed: 'answers', answer: 'anonymous', late: true },
            'closed-late': { computed: 'answers', answer: 'refuse', late: true },
            nothing: { computed: 'answers' },
            'nothing-late': { computed: 'answers', late: true },
            null: { computed: 'answers', answer: null },
            true: { computed: 'answers', answer: true },
            false: { computed: 'answers', answer: false },
            zero: { computed: 'answers', answer: 0 },
            string: { computed: 'answers', answer: 'notes:read' },
            object: { computed: 'answers', answer: {} },
            scopes: { computed: 'answers', answer: { scopes: ['notes:read'] } },
            anyof: { computed: 'answers', answer: { anyof: ['notes:read'] } },
            'string-late': { computed: 'answers', answer: 'notes:read', late: true },
            throws: { computed: 'throws' },
            rejects: { computed: 'rejects' },
            '*': [],
          },
        },
      },
    ],
  },
  'operations-policy': withPolicy(undefined),
  'operations-policy-403': withPolicy('http-403'),
  'operations-policy-structured': withPolicy('sep-2643'),
  'operations-challenges-http': withPublicTools(),
  'operations-challenges': withPublicTools('tool-result'),
  'operations-challenges-declared': withPublicTools({ whenDeclared: 'com.example/tool-challenges' }),
  'in-context': {
    resources: [mcpResource],
    routes: [{ path: '/mcp', resource: mcp, inContext: true }],
  },
  'handler-demands': withHandler(false),
  'handler-demands-hidden': withHandler(true),
  'handler-demands-in-result': {
    ...withHandler(true),
    routes: [
      {
        path: '/mcp',
        resource: mcp,
        requiredScopes: ['notes:read'],
        inContext: true,
        operations: { tools: { '*': [] } },
        challenges: 'tool-result',
      },
    ],
  },
} as const satisfies Readonly<Record<string, Profile>>;
