import {
  checkAuthorizationServerForMcp,
  checkProtectedResourceForMcp,
  lintAuthorizationServerMetadata,
  lintOpenIDProviderMetadata,
  lintProtectedResourceMetadata,
  validateAuthorizationServerMetadata,
  validateOpenIDProviderMetadata,
  validateProtectedResourceMetadata,
  type Finding as DocumentFinding,
  type Issue,
} from '@mcp-auth/schemas';
import { isLoopbackHost } from '../net/addresses.js';
import type { Exchange } from '../net/exchange.js';
import { revisions as allRevisions, type Finding, type Revision, type Severity } from '../report/report.js';
import { kindTexts, type DocumentKind } from './kind.js';
import { readClause } from './clause.js';
import { areaOf, mcpTitles } from './titles.js';

/** What a document is judged for. */
export interface JudgeOptions {
  readonly kind: DocumentKind;
  /** The issuer or the resource that was asked for. */
  readonly expected?: string | undefined;
  /** Whose clients must find what they need; none for the standard alone. */
  readonly revisions: readonly Revision[];
  readonly exchange?: Exchange | undefined;
}

/** Whether a document follows its standard: one finding for each place that does not, or one that all do. */
export function judgeByStandard(
  document: unknown,
  { kind, expected, exchange }: JudgeOptions,
): readonly Finding[] {
  const { name, clause } = kindTexts[kind];
  const { issues, found } = readStandard(document, kind, expected);
  const findings = [
    ...issues.map((issue): Finding => fromIssue(issue, kind)),
    ...found.map((each): Finding => {
      const isLocal = each.code === 'not-https' && isAboutThisMachine(document);
      return fromFound(isLocal ? { ...each, severity: 'info' } : each, kind);
    }),
  ];
  if (findings.some(({ outcome }) => outcome === 'failed'))
    return findings.map((each) => ({ ...each, exchange }));
  const fine: Finding = {
    id: `${kind}/standard`,
    area: 'document',
    severity: 'MUST',
    outcome: 'passed',
    title: `The ${name} follows its standard`,
    clause,
  };
  return [fine, ...findings];
}

/** Whether clients of the revisions find in it what they need. */
export function judgeForClients(document: unknown, options: JudgeOptions): readonly Finding[] {
  const { kind, expected, revisions, exchange } = options;
  const groups = new Map<string, { finding: DocumentFinding; revisions: Revision[] }>();
  for (const revision of revisions) {
    const found =
      kind === 'resource'
        ? checkProtectedResourceForMcp(document, { revision, endpoint: expected })
        : checkAuthorizationServerForMcp(document, { revision, openid: kind === 'openid' });
    for (const finding of found) {
      const key = JSON.stringify([finding.code, finding.path, finding.severity, finding.message]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { finding, revisions: [revision] });
      else group.revisions.push(revision);
    }
  }
  const failed = [...groups.values()].map((group): Finding => ({
    ...fromFound(group.finding, kind),
    revisions: shorten(group.revisions),
    exchange,
  }));
  const known = new Set([...groups.values()].map(({ finding }) => finding.code));
  const codes = Object.keys(mcpTitles) as (keyof typeof mcpTitles)[];
  const passed = codes
    .filter((code) => mcpTitles[code]?.kinds.includes(kind) === true)
    .filter((code) => revisions.length > 0 && !known.has(code))
    .map((code): Finding => ({
      id: `${kind}/${code}`,
      area: areaOf(code),
      severity: 'MUST',
      outcome: 'passed',
      title: mcpTitles[code]?.title ?? code,
    }));
  return [...failed, ...passed];
}

/** All revisions together need no names. */
function shorten(revisions: readonly Revision[]): readonly Revision[] | undefined {
  return revisions.length === allRevisions.length ? undefined : revisions;
}

function readStandard(
  document: unknown,
  kind: DocumentKind,
  expected: string | undefined,
): { issues: readonly Issue[]; found: readonly DocumentFinding[] } {
  switch (kind) {
    case 'resource':
      return {
        issues: validateProtectedResourceMetadata(document),
        found: lintProtectedResourceMetadata(document, { expected }),
      };
    case 'openid':
      return {
        issues: validateOpenIDProviderMetadata(document),
        found: lintOpenIDProviderMetadata(document, { expected }),
      };
    case 'oauth':
      return {
        issues: validateAuthorizationServerMetadata(document),
        found: lintAuthorizationServerMetadata(document, { expected }),
      };
  }
}

/** RFC 8252 §8.3: what never leaves the machine needs no TLS. */
function isAboutThisMachine(document: unknown): boolean {
  const { issuer, resource } = document as { readonly issuer?: unknown; readonly resource?: unknown };
  const name = issuer ?? resource;
  return typeof name === 'string' && URL.canParse(name) && isLoopbackHost(new URL(name).hostname);
}

const severities: Readonly<Record<DocumentFinding['severity'], Severity>> = {
  error: 'MUST',
  warning: 'SHOULD',
  info: 'note',
};

const issueFixes: Readonly<Record<Issue['code'], string>> = {
  required: 'Add it.',
  type: 'Write it with the JSON type of the standard.',
  format: 'Write it in the format of the standard.',
  value: 'Write one of the values that the standard defines.',
  size: 'Leave out what nobody needs.',
};

function fromIssue({ code, path, message }: Issue, kind: DocumentKind): Finding {
  return {
    id: `${kind}/parse-${code}`,
    area: 'document',
    severity: 'MUST',
    outcome: 'failed',
    title: `${describePath(path)} can be read`,
    clause: kindTexts[kind].clause,
    message: `${describePath(path)}: ${message}`,
    fix: issueFixes[code],
  };
}

function fromFound(
  { code, severity, path, requirement, message, fix }: DocumentFinding,
  kind: DocumentKind,
): Finding {
  const isNote = severity === 'info';
  return {
    id: `${kind}/${code}`,
    area: areaOf(code),
    severity: severities[severity],
    outcome: isNote ? 'passed' : 'failed',
    title: isNote
      ? `${describePath(path)}: ${message}`
      : (mcpTitles[code]?.title ?? `${describePath(path)} is as its standard wants it`),
    clause: readClause(requirement),
    message: isNote ? undefined : `${describePath(path)}: ${message}`,
    fix,
    ...(isOfOpenIdAlone(path) ? { revisions: [] } : undefined),
  };
}

/** Of ID tokens, UserInfo and request objects no revision of MCP says anything: a server without them is as fit. */
function isOfOpenIdAlone([member]: readonly (string | number)[]): boolean {
  return typeof member === 'string' && /^(?:id_token|userinfo|request_object)_/.test(member);
}

/** `grant_types_supported[2]`, or the document. */
export function describePath(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the document';
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}
