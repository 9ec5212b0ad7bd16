import type * as OidcProvider from 'oidc-provider';

/**
 * Loads `oidc-provider` without its greeting: it warns whoever runs Node 20, where it works, and what the command
 * prints is meant to be read.
 */
export async function loadOidcProvider(): Promise<typeof OidcProvider> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
