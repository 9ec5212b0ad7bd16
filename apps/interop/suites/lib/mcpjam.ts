import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages } from '../../lib/install-packages.js';

export const mcpjamVersion = '1.14.0';

/** A step of a login, or a check after it. */
interface Step {
  readonly step: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly error?: { readonly message: string };
}

/** What MCPJam says of a server. */
export interface McpjamResult {
  readonly passed: boolean;
  readonly steps: readonly Step[];
}

interface McpjamConfig {
  readonly serverUrl: string;
  readonly protocolVersion: '2025-06-18' | '2025-11-25';
  readonly registrationStrategy: 'dcr';
  readonly auth: { readonly mode: 'interactive'; readonly openUrl: (url: string) => Promise<void> };
  readonly verification: { readonly listTools: boolean };
  readonly oauthConformanceChecks: boolean;
}

/** The part of the package that is used. */
export interface Mcpjam {
  readonly OAuthConformanceTest: new (config: McpjamConfig) => { run(): Promise<McpjamResult> };
}

/** The package (64 MB), or why it cannot be had. */
export async function loadMcpjam(): Promise<Mcpjam | { readonly missing: string }> {
  const entry = '@mcpjam/sdk/dist/index.js';
  const installed = await installPackages({
    folder: `mcpjam-sdk-${mcpjamVersion}`,
    dependencies: { '@mcpjam/sdk': mcpjamVersion },
    // It was built with this one; a newer one lacks an export that it imports
    overrides: { '@modelcontextprotocol/client': '2.0.0-alpha.2' },
    entry,
  });
  if ('missing' in installed) return installed;
  return (await import(pathToFileURL(join(installed.modules, entry)).href)) as Mcpjam;
}
