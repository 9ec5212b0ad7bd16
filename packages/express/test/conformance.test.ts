import { registerConformance } from '@mcp-auth/conformance';
import express from 'express';
import { describe, test } from 'vitest';
import { createSubject } from './conformance-subject.js';

describe('Express 5', () => {
  registerConformance(createSubject('Express 5', express), test);
});
