import type { Project } from '../project-options.js';
import { toJson } from './json.js';

/** `mcp.json`, in the form that most clients read. */
export function formatClients({ name, resource }: Project): string {
  return toJson({ mcpServers: { [name]: { type: 'http', url: resource.href } } });
}
