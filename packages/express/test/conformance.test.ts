import { cases, registerConformance } from '@mcp-auth/conformance';
import express from 'express';
import { describe, test } from 'vitest';
import { createSubject } from './conformance-subject.js';

/** All of it for all revisions with `npm run test:long`. */
const audit = process.env.SOAK === 'full' ? 'whole' : 'short';

describe('Express 5', () => {
  registerConformance(createSubject('Express 5', express), test, cases, { audit });
});
