import { aiSdk } from './drivers/ai-sdk.js';
import { inspector } from './drivers/inspector.js';
import { mcpRemote } from './drivers/mcp-remote.js';
import { officialV1 } from './drivers/official-v1.js';
import { officialV2 } from './drivers/official-v2.js';
import { fastMcp, pythonMcp } from './drivers/python.js';
import type { ForeignClient } from './foreign-client.js';

/** All clients of others that can be driven without a person. */
export const clients: readonly ForeignClient[] = [
  officialV2,
  officialV1,
  pythonMcp,
  fastMcp,
  mcpRemote,
  aiSdk,
  inspector,
];

export type SampleName = 'whoami' | 'notes' | 'todo-manager';

const everywhere: readonly SampleName[] = ['whoami', 'notes', 'todo-manager'];

/**
 * Where `npm test` tries a client: every client that is not too large to fetch for it at least once, every sample with at least two.
 * `npm run interop -- clients` tries all of them everywhere.
 */
const selection: ReadonlyMap<ForeignClient, readonly SampleName[]> = new Map([
  [officialV2, everywhere],
  [officialV1, everywhere],
  [aiSdk, everywhere],
  [pythonMcp, ['notes']],
  [fastMcp, ['todo-manager']],
  [mcpRemote, ['whoami']],
]);

/** The samples at which a client is tried in this run. */
export function samplesOf(client: ForeignClient): readonly SampleName[] {
  return process.env['INTEROP_PAIRS'] === 'selection' ? (selection.get(client) ?? []) : everywhere;
}
