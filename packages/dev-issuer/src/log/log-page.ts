import { escapeHtml, renderPage } from '../http/html.js';
import type { Exchange, ShownMessage } from './exchange.js';

/** What the page says about the issuer itself. */
export interface IssuerFacts {
  readonly issuer: string;
  readonly users: readonly string[];
  /** Absent: every one on this machine. */
  readonly resources: readonly string[] | undefined;
  /** Absent: all that is asked for. */
  readonly scopes: readonly string[] | undefined;
}

/** The page that shows what happened, the latest first. */
export function renderLogPage(facts: IssuerFacts, exchanges: readonly Exchange[]): string {
  const { issuer, users, resources, scopes } = facts;
  return renderPage(
    'What happened',
    `<p>This is the practice issuer <code>${escapeHtml(issuer)}</code>. Name it in your server:
<code>authorizationServers: ['${escapeHtml(issuer)}']</code></p>
<ul>
<li>Users: ${list(users)}</li>
<li>Resources: ${resources === undefined ? 'every URL on this machine' : list(resources)}</li>
<li>Scopes: ${scopes === undefined ? 'all that a client asks for' : list(scopes)}</li>
</ul>
<p><a href="/">Reload</a>. ${exchanges.length === 0 ? 'Nothing has happened yet.' : 'The latest is the first. Tokens, codes and secrets are not shown.'}</p>
${[...exchanges].reverse().map(renderExchange).join('\n')}`,
  );
}

function renderExchange({ number, time, title, reason, request, response }: Exchange): string {
  const head = `${request.method} ${request.path}`;
  const what = reason === undefined ? title : `${title}: ${reason}`;
  return `<details>
<summary>${number}. ${escapeHtml(what)} <span class="quiet"><code>${escapeHtml(head)}</code> ${response.status}, ${escapeHtml(time.slice(11, 19))}</span></summary>
<pre tabindex="0">${escapeHtml(formatExchange({ request, response }))}</pre>
</details>`;
}

/** Both messages as text: each parameter has its own line. */
export function formatExchange({ request, response }: Pick<Exchange, 'request' | 'response'>): string {
  const query = request.query.map((line, index) => `  ${index === 0 ? '?' : '&'}${line}`);
  const start = `${request.method} ${request.path}`;
  return [
    ...(query.length === 0 ? [`${start} HTTP/1.1`] : [start, ...query, '  HTTP/1.1']),
    ...formatMessage(request),
    '',
    `HTTP/1.1 ${response.status}`,
    ...formatMessage(response),
  ].join('\n');
}

function formatMessage({ headers, body }: ShownMessage): readonly string[] {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return body === undefined ? lines : [...lines, '', body];
}

function list(names: readonly string[]): string {
  return names.map((name) => `<code>${escapeHtml(name)}</code>`).join(', ');
}
