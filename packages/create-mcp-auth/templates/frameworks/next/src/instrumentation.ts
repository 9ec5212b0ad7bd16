import { readConfig } from './config.js';

/** Next.js calls this when a server starts: one without its settings must not. */
export function register(): void {
  readConfig();
}
