// The part of the faults that every run of the gate has: one for every third file of scripts/faults. npm run faults runs all.
process.env.MCP_AUTH_FAULTS = 'covering';
await import('./faults.mjs');
