const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a host name only ever means this machine. */
export function isLoopback(hostname: string): boolean {
  return loopback.includes(hostname) || hostname.endsWith('.localhost');
}

/**
 * The host names a server may be addressed by, for the Host and Origin validation of the MCP SDK.
 *
 * On loopback all its names; elsewhere the name in the resource identifier.
 */
export function allowedHostnames(resource: string): string[] {
  const { hostname } = new URL(resource);
  return isLoopback(hostname) ? [...new Set([...loopback, hostname])] : [hostname];
}
