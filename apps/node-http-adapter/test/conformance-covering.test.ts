import type { ConformanceCase, ConformanceSubject, RegisterTest } from '@mcp-auth/conformance';
import type * as Kit from '@mcp-auth/conformance';
import { vi } from 'vitest';

// conformance.test.ts is what the documentation shows, with every case; npm run test:long runs it. Here a few of them stand for all
vi.mock('@mcp-auth/conformance', async (importOriginal) => {
  const original = await importOriginal<typeof Kit>();
  return {
    ...original,
    registerConformance: (
      subject: ConformanceSubject,
      test: RegisterTest,
      selection: readonly ConformanceCase[] = original.coveringCases,
    ) => original.registerConformance(subject, test, selection),
  };
});

await import('./conformance.test.js');
