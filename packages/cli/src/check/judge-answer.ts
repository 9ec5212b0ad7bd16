import type { Finding } from '../report/report.js';
import type { FoundDocument } from './find-metadata.js';

/** Whether a document says the issuer that was asked for, and comes as clients can read it. */
export function judgeAnswer(
  issuer: string,
  { url, kind, document, response }: FoundDocument,
): readonly Finding[] {
  const stated = document['issuer'];
  const isEqual = stated === issuer;
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isJson = mediaType === 'application/json' || mediaType.endsWith('+json');
  const isOpen = ['*', 'https://client.example'].includes(
    response.headers.get('access-control-allow-origin') ?? '',
  );
  const { exchange } = response;
  return [
    {
      id: `${kind}/issuer`,
      area: 'issuer',
      severity: 'MUST',
      outcome: isEqual ? 'passed' : 'failed',
      title: `The document at ${url} states the issuer that was asked for`,
      clause: 'RFC 8414 §3.3',
      ...(!isEqual && {
        expected: issuer,
        actual: typeof stated === 'string' ? stated : 'no issuer',
        fix: fixIssuer(issuer, stated),
        exchange,
      }),
    },
    {
      id: `${kind}/media-type`,
      area: 'discovery',
      severity: 'SHOULD',
      outcome: isJson ? 'passed' : 'failed',
      title: 'The document is served as application/json',
      clause: 'RFC 8414 §3.2',
      ...(!isJson && {
        expected: 'application/json',
        actual: mediaType === '' ? 'no Content-Type' : mediaType,
        fix: 'Set Content-Type: application/json.',
        exchange,
      }),
    },
    {
      id: `${kind}/cors`,
      area: 'discovery',
      severity: 'MAY',
      outcome: isOpen ? 'passed' : 'failed',
      title: 'Clients in browsers can read the document',
      clause: 'Fetch, CORS protocol',
      ...(!isOpen && {
        actual: 'no Access-Control-Allow-Origin for other pages',
        fix: 'Answer with Access-Control-Allow-Origin: *. The document is public.',
      }),
    },
  ];
}

/** Byte for byte: most differences are of one character. */
function fixIssuer(asked: string, stated: unknown): string {
  if (typeof stated !== 'string') return 'Publish the issuer in the document.';
  if (`${asked}/` === stated || `${stated}/` === asked)
    return `They differ by the slash at the end. Wherever the issuer is written, write ${stated}`;
  return `If this is the right server, its issuer is ${stated}: write that wherever the issuer is written, in authorization_servers too.`;
}
