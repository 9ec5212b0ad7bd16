import { registerConformance } from '@mcp-auth/conformance';
import { describe, test } from 'vitest';
import { platforms } from './support/applications.js';
import { createSubject } from './support/subject.js';

for (const platform of platforms) {
  describe(platform.name, () => {
    registerConformance(createSubject(platform), test);
  });
}
