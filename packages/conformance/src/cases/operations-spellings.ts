import type { ConformanceCase } from '../case.js';
import { insufficientScope } from './case-parts.js';
import { arrives, ask, jsonBody, notFound, readResource } from './operations-parts.js';

/** Spellings that common handlers read as a file below `/private`, next to a rule for all other files. */
const private_: readonly (readonly [id: string, uri: string])[] = [
  ['plain', 'file:///private/payroll.txt'],
  ['encoded-letter', 'file:///%70rivate/payroll.txt'],
  ['encoded-inside', 'file:///pr%69vate/payroll.txt'],
  ['encoded-slash', 'file:///private%2Fpayroll.txt'],
  ['empty-query', 'file:///private/payroll.txt?'],
  ['query', 'file:///private/payroll.txt?x=1'],
  ['query-with-slash', 'file:///private/payroll.txt?x=a/b'],
  ['fragment', 'file:///private/payroll.txt#a'],
  ['encoded-query', 'file:///private/payroll.txt%3Fx'],
  ['folder', 'file:///private/'],
  ['repeated-slash', 'file:////private/payroll.txt'],
  ['repeated-slash-inside', 'file:///private//payroll.txt'],
  ['back-slash', 'file:///private\\payroll.txt'],
  ['encoded-back-slash', 'file:///private%5Cpayroll.txt'],
  ['host', 'file://localhost/private/payroll.txt'],
  ['other-host', 'file://example.com/private/payroll.txt'],
  ['capitals', 'file:///PRIVATE/payroll.txt'],
  ['scheme', 'FILE:///private/payroll.txt'],
  ['one-slash', 'file:/private/payroll.txt'],
  ['vault', 'notes://vault/key'],
  ['vault-user', 'notes://somebody@vault/key'],
  ['vault-dot', 'notes://vault./key'],
  ['vault-capitals', 'notes://VAULT/key'],
  ['vault-slash', 'notes://vault/key/'],
];

/** Of these nobody can tell what they name. */
const unreadable: readonly (readonly [id: string, uri: string])[] = [
  ['percent', 'file:///100%'],
  ['not-utf-8', 'file:///private%FF/x'],
  ['twice-encoded', 'file:///private%252Fpayroll.txt'],
  ['dots', 'file:///public/../private/payroll.txt'],
  ['encoded-dots', 'file:///public/%2e%2e/private/payroll.txt'],
  ['dots-behind-a-drive', 'file:///C:/../private/payroll.txt'],
  ['dots-behind-a-back-slash', 'file:///x\\y/../private/payroll.txt'],
  ['dots-behind-an-encoded-query', 'file:///x%3f/.//../private/payroll.txt'],
  ['twice-encoded-dots', 'file:///a/%252e%252e/private/payroll.txt'],
  ['dots-behind-encoded-slash', 'file:///public/..%2Fprivate/payroll.txt'],
  ['dots-behind-encoded-back-slash', 'file:///public/..%5Cprivate/payroll.txt'],
  ['null', 'file:///private/payroll.txt%00.html'],
  ['line-break', 'notes://items/1\n'],
];

const open: readonly (readonly [id: string, uri: string])[] = [
  ['file', 'file:///public/readme.txt'],
  ['file-encoded', 'file:///public/read%20me.txt'],
  ['nothing', 'file:///'],
  ['item', 'notes://items/caf%C3%A9'],
  ['item-query', 'notes://items/1?part=a/b'],
];

const requirements = ['MCP-2026-07-28-RS-030', 'MCP-2026-07-28-RS-021'] as const;
const profile = 'operations-spellings';

/** No matter how a resource is spelled: what its rule needs is needed. */
export const operationSpellingCases: readonly ConformanceCase[] = [
  ...private_.map(([id, uri]): ConformanceCase => ({
    id: `operation-spelling-${id}`,
    title: `a protected resource stays protected, spelled as ${JSON.stringify(uri)}`,
    requirements,
    profile,
    request: ask(jsonBody(readResource(uri)), 'notes:read'),
    expect: insufficientScope('notes:read', 'notes:private'),
  })),
  ...unreadable.map(([id, uri]): ConformanceCase => ({
    id: `operation-unreadable-${id}`,
    title: `a resource of which nobody can tell what it is does not exist: ${JSON.stringify(uri)}`,
    requirements,
    profile,
    request: ask(jsonBody(readResource(uri)), 'notes:read notes:private'),
    expect: notFound(-32_602),
  })),
  ...open.map(([id, uri]): ConformanceCase => ({
    id: `operation-spelling-open-${id}`,
    title: `a resource that needs nothing is read: ${JSON.stringify(uri)}`,
    requirements,
    profile,
    request: ask(jsonBody(readResource(uri)), 'notes:read'),
    expect: arrives(readResource(uri)),
  })),
];
