/** What is made here signs whatever it is told to, so none of it may run where users are served. */
export function refuseProduction(name: string): void {
  if (process.env.NODE_ENV !== 'production') return;
  throw new Error(
    `${name} of @mcp-auth/testing does not run with NODE_ENV=production: its keys sign whatever a test asks for. Run tests with NODE_ENV=test.`,
  );
}
