import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';
import { createFaultPlugin } from '../lib/edits.mjs';

/** The edits of one fault. */
const edits = JSON.parse(process.env.MCP_AUTH_FAULT ?? '[]');

export default mergeConfig(base, { plugins: [createFaultPlugin(() => edits)] });
