import { CannotError, UsageError } from '../errors.js';
import { judgeByStandard, judgeForClients } from '../documents/judge-document.js';
import { detectKind, kindTexts, type DocumentKind } from '../documents/kind.js';
import type { Door } from '../net/door.js';
import type { Finding, Revision } from '../report/report.js';
import { checkServer } from './check-server.js';
import { readDocument } from './find-metadata.js';

/** What was judged, and how. */
export interface Checked {
  readonly kind: DocumentKind | 'server';
  readonly findings: readonly Finding[];
  /** The issuer that a configuration would name. */
  readonly issuer?: string | undefined;
  /** Where its document is, where that does not follow from the issuer. */
  readonly wellKnownUrl?: string | undefined;
}

const insertedResource = '/.well-known/oauth-protected-resource';

/** Judges a document without asking anybody. */
export function checkDocument(
  document: unknown,
  source: string,
  settings: { readonly revisions: readonly Revision[]; readonly expected?: string | undefined },
): Checked {
  const kind = detectKind(document);
  if (kind === undefined)
    throw new CannotError(`${source} is no metadata document: it has neither issuer nor resource.`);
  const options = { kind, ...settings };
  const stated = (document as Readonly<Record<string, unknown>>)['issuer'];
  return {
    kind,
    findings: [
      {
        id: 'document/kind',
        area: 'document',
        severity: 'note',
        outcome: 'passed',
        title: `Read as ${kindTexts[kind].name}`,
      },
      ...judgeByStandard(document, options),
      ...judgeForClients(document, options),
    ],
    ...(typeof stated === 'string' && { issuer: stated }),
  };
}

/** Judges what is behind a URL: an issuer, or one of its documents, or the document of a resource. */
export async function checkUrl(
  url: URL,
  written: string,
  door: Door,
  revisions: readonly Revision[],
): Promise<Checked> {
  if (url.search !== '' || url.hash !== '')
    throw new UsageError('An issuer has no query and no fragment (RFC 8414 §2).');
  if (!url.pathname.includes('/.well-known/'))
    return { kind: 'server', issuer: written, findings: await checkServer(written, door, revisions) };
  const response = await door.send(url, { headers: { accept: 'application/json' } });
  const document = readDocument(response);
  if (typeof document === 'string') throw new CannotError(`${url.href} ${document}.`);
  if (url.pathname.startsWith(insertedResource)) {
    const expected = `${url.origin}${url.pathname.slice(insertedResource.length)}`;
    return checkDocument(document, url.href, { revisions, expected });
  }
  const { issuer } = document;
  if (typeof issuer !== 'string' || !URL.canParse(issuer) || new URL(issuer).origin !== url.origin)
    return checkDocument(document, url.href, { revisions });
  const findings = await checkServer(issuer, door, revisions);
  const isFound = findings.some(({ id, outcome }) => id === 'discovery/found' && outcome === 'passed');
  if (isFound) return { kind: 'server', issuer, findings };
  const own = checkDocument(document, url.href, { revisions });
  return { ...own, findings: [...findings, ...own.findings], wellKnownUrl: url.href };
}
