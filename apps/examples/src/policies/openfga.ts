import {
  allow,
  createPolicy,
  deny,
  type OperationFunction,
  type PolicyRequest,
  PolicyUnavailableError,
} from '@mcp-auth/core';
import { OpenFgaClient } from '@openfga/sdk';

/** Where OpenFGA is, and which of its stores and models counts. */
export interface OpenFgaSettings {
  readonly apiUrl: string;
  readonly storeId: string;
  readonly authorizationModelId: string;
}

/**
 * Asks OpenFGA whether the user `can_call` the tool. What a user may do with single rows is asked in the same way, about another object.
 *
 * Their ids are of one issuer: with several, put the issuer into the id.
 */
export function byOpenFga(settings: OpenFgaSettings): OperationFunction {
  const client = new OpenFgaClient({
    ...settings,
    // Who waits for an answer has a time limit, and asks again
    retryParams: { maxRetry: 0 },
    // The SDK would follow five redirects, and read on without end
    baseOptions: { timeout: 1000, maxRedirects: 0, maxContentLength: 262_144 },
  });
  return createPolicy({
    decide: async (request) => {
      const { caller } = request;
      if (caller === undefined) return allow(); // without a token: 401
      if (caller.subject === undefined) return deny({ reason: 'the token names no user' });
      const { allowed } = await unlessDown(client.check(toTuple(request)));
      return toAnswer(allowed);
    },
    decideAll: async (requests) => {
      const caller = requests[0]?.caller;
      if (caller === undefined) return requests.map(() => allow());
      if (caller.subject === undefined)
        return requests.map(() => deny({ reason: 'the token names no user' }));
      const checks = requests.map((request, index) => ({
        ...toTuple(request),
        correlationId: String(index),
      }));
      const { result } = await unlessDown(client.batchCheck({ checks }));
      const byId = new Map(result.map((each) => [each.correlationId, each]));
      return requests.map((_request, index) => {
        const found = byId.get(String(index));
        return toAnswer(found?.error === undefined ? found?.allowed : undefined);
      });
    },
    timeoutMs: 2000,
  });
}

function toTuple({ caller, operation }: PolicyRequest) {
  return {
    user: `user:${encodeURIComponent(caller?.subject ?? '')}`,
    relation: 'can_call',
    object: `tool:${encodeURIComponent(operation.target ?? '')}`,
  };
}

function toAnswer(allowed: unknown) {
  if (typeof allowed !== 'boolean') throw new PolicyUnavailableError('OpenFGA gave no decision');
  return allowed ? allow() : deny({ reason: 'denied by OpenFGA' });
}

/** What the SDK throws holds the request and the credentials for OpenFGA. */
async function unlessDown<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const name = error instanceof Error ? error.name : 'an error';
    throw new PolicyUnavailableError(`OpenFGA cannot be asked: ${name}`);
  }
}
