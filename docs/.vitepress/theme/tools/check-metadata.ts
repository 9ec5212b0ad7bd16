import {
  checkAuthorizationServerForMcp,
  checkProtectedResourceForMcp,
  lintAuthorizationServerMetadata,
  lintOpenIDProviderMetadata,
  lintProtectedResourceMetadata,
  validateAuthorizationServerMetadata,
  validateOpenIDProviderMetadata,
  validateProtectedResourceMetadata,
  type Finding,
  type Issue,
  type McpRevision,
} from '@mcp-auth/schemas';
import type { ReportedCode } from '../texts/findings/finding-texts';

export type Kind = 'oauth' | 'openid' | 'resource';

/** One line of the report. What does not parse has no fix of its own: its message says what is expected. */
export interface ReportedFinding extends Pick<Finding, 'severity' | 'path' | 'message' | 'requirement'> {
  readonly code: ReportedCode;
  readonly fix: string | undefined;
}

const standards: Readonly<Record<Kind, string>> = {
  oauth: 'RFC 8414 §2',
  openid: 'OpenID Connect Discovery 1.0 §3',
  resource: 'RFC 9728 §2',
};

/** The kind that a document seems to be: its members tell. */
export function detectKind(document: unknown): Kind {
  const has = (name: string) =>
    typeof document === 'object' && document !== null && Object.hasOwn(document, name);
  if (has('resource') || has('authorization_servers')) return 'resource';
  return has('subject_types_supported') || has('userinfo_endpoint') ? 'openid' : 'oauth';
}

export interface CheckOptions {
  readonly kind: Kind;
  readonly revision: McpRevision;
  /** The issuer or the MCP endpoint that the reader expects. */
  readonly expected: string | undefined;
}

const order = ['error', 'warning', 'info'];

/** Everything that the three levels find, the worst first. */
export function checkMetadata(document: unknown, options: CheckOptions): readonly ReportedFinding[] {
  const { issues, findings } = judge(document, options);
  const parse = issues.map(({ code, path, message }): ReportedFinding => ({
    code,
    path,
    message,
    severity: 'error',
    requirement: standards[options.kind],
    fix: undefined,
  }));
  return [...parse, ...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function judge(
  document: unknown,
  { kind, revision, expected }: CheckOptions,
): { readonly issues: readonly Issue[]; readonly findings: readonly Finding[] } {
  switch (kind) {
    case 'resource':
      return {
        issues: validateProtectedResourceMetadata(document),
        findings: [
          ...lintProtectedResourceMetadata(document, { expected }),
          ...checkProtectedResourceForMcp(document, { revision }),
        ],
      };
    case 'openid':
      return {
        issues: validateOpenIDProviderMetadata(document),
        findings: [
          ...lintOpenIDProviderMetadata(document, { expected }),
          ...checkAuthorizationServerForMcp(document, { revision, openid: true }),
        ],
      };
    case 'oauth':
      return {
        issues: validateAuthorizationServerMetadata(document),
        findings: [
          ...lintAuthorizationServerMetadata(document, { expected }),
          ...checkAuthorizationServerForMcp(document, { revision }),
        ],
      };
  }
}
