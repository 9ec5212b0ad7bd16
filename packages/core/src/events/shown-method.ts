/** The HTTP Method Registry (RFC 9110 §16.1). */
const registered: ReadonlySet<string> = new Set([
  ...['POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'CONNECT'],
  ...['ACL', 'BASELINE-CONTROL', 'BIND', 'CHECKIN', 'CHECKOUT', 'COPY', 'LABEL', 'LINK', 'LOCK', 'MERGE'],
  ...['MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MKREDIRECTREF', 'MKWORKSPACE', 'MOVE', 'ORDERPATCH', 'PRI'],
  ...['PROPFIND', 'PROPPATCH', 'QUERY', 'REBIND', 'REPORT', 'SEARCH', 'UNBIND', 'UNCHECKOUT', 'UNLINK'],
  ...['UNLOCK', 'UPDATE', 'UPDATEREDIRECTREF', 'VERSION-CONTROL'],
]);

/** Some platforms hand on any word that a client writes there, its token too. */
const unknownMethod = '(unknown method)';

/** The method of a request as an event may repeat it. */
export function showHttpMethod(method: string): string {
  return registered.has(method) ? method : unknownMethod;
}
