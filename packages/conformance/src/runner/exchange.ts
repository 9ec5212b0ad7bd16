import type { MCPAuthEvent } from '@mcp-auth/core';
import type { RawRequest, RawResponse } from '../http/send-request.js';
import type { Issuers } from './issuers.js';

/** One finished exchange with all that can be known about it. */
export interface Exchange {
  readonly request: RawRequest;
  readonly token: string | undefined;
  readonly proof: string | undefined;
  readonly proofMode: 'bearer' | 'dpop-optional' | 'dpop-required';
  readonly response: RawResponse;
  /** Times the protected handler ran for this request. */
  readonly handlerRuns: number;
  /** What `resource_metadata` must say; nothing for targets outside the protected routes. */
  readonly metadataUrl: string | undefined;
  readonly placeholders: Readonly<Record<string, string>>;
  readonly nowSeconds: number;
  readonly issuers: Issuers;
  /** Of the whole case so far. */
  readonly events: readonly MCPAuthEvent[];
  /** Of this request. */
  readonly newEvents: readonly MCPAuthEvent[];
}

/** The values of a header, one for each line. */
export function getFieldLines({ response }: Exchange, name: string): string[] {
  return response.headers.filter(([candidate]) => candidate.toLowerCase() === name).map(([, value]) => value);
}

/** The JSON object in the body, or nothing. */
export function readBodyObject({ response }: Exchange): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(response.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
