/** Where nobody answered, as the system tells it. */
function describeAddress(error: object): string {
  const { address, port } = error as { readonly address?: unknown; readonly port?: unknown };
  if (typeof address !== 'string' || !/^[\da-f.:]{2,45}$/i.test(address) || typeof port !== 'number')
    return '';
  return ` ${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** What the system says of a request that failed. */
export interface SystemFailure {
  /** Ends a message: in brackets, or empty. */
  readonly text: string;
  readonly details: { readonly systemCode?: string };
}

/** The system's name for what failed, such as ECONNREFUSED, and where; never a message, which may repeat the request. */
export function describeFailure(error: unknown): SystemFailure {
  for (let current = error, depth = 0; depth < 4; depth++) {
    if (typeof current !== 'object' || current === null) break;
    const { code, cause, errors } = current as Readonly<Record<'code' | 'cause' | 'errors', unknown>>;
    // Of several addresses of a host the first tells as much as the others
    const [first = current] = Array.isArray(errors) ? (errors as readonly object[]) : [];
    if (typeof code === 'string' && /^[A-Z][A-Z_]{2,40}$/.test(code))
      return { text: ` (${code}${describeAddress(first)})`, details: { systemCode: code } };
    // Fetch Standard, port blocking: nothing was tried, so no system has a name for it
    if (current instanceof Error && current.message === 'bad port')
      return { text: ' (bad port)', details: { systemCode: 'BAD_PORT' } };
    current = cause;
  }
  return { text: '', details: {} };
}
