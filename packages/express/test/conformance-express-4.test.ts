import { cases, coveringCases, registerConformance } from '@mcp-auth/conformance';
import express from 'express';
import { describe, expect, test, vi } from 'vitest';
import { createSubject } from './conformance-subject.js';

// The adapter imports Express by this name too, so that it runs on version 4 as it does for users who have only that
vi.mock('express', () => import('express4'));

/** Express 5 shows all of them; here `npm run test:long` does. */
const selection = process.env.SOAK === 'full' ? cases : coveringCases;
const audit = process.env.SOAK === 'full' ? 'whole' : 'short';

describe('Express 4', () => {
  test('the version under test is 4', () => {
    expect(Object.keys(express)).toContain('query');
  });

  registerConformance(createSubject('Express 4', express), test, selection, { audit });
});
