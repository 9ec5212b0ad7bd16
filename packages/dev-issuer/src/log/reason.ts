import type { ServerResponse } from 'node:http';
import { isRecord } from '../storage/secrets.js';
import { cut } from './conceal.js';

const maxLength = 600;
const explained = new WeakMap<ServerResponse, string>();

/** Notes why a request is refused, where the answer does not say it, or says it in a page. */
export function explain(response: ServerResponse, reason: string): void {
  explained.set(response, reason);
}

/** Why a request was refused, in one line; nothing where it was not. */
export function readReason(response: ServerResponse, answer: string): string | undefined {
  const reason = explained.get(response) ?? findReason(response, answer);
  if (reason === undefined) return undefined;
  return cut(reason.replace(/\s+/g, ' ').trim()).slice(0, maxLength);
}

function findReason(response: ServerResponse, answer: string): string | undefined {
  if (response.statusCode < 400) return readRedirect(response.getHeader('location'));
  const type = String(response.getHeader('content-type'));
  if (type.includes('json')) return readJson(answer);
  return type.startsWith('text/plain') ? answer : undefined;
}

/** RFC 6749 §4.1.2.1: the client learns of it from where its user is sent. */
function readRedirect(location: unknown): string | undefined {
  const base = 'http://localhost';
  if (typeof location !== 'string' || !URL.canParse(location, base)) return undefined;
  const { searchParams } = new URL(location, base);
  if (searchParams.has('code')) return undefined;
  return join(searchParams.get('error'), searchParams.get('error_description'));
}

/** RFC 6749 §5.2 */
function readJson(answer: string): string | undefined {
  try {
    const value: unknown = JSON.parse(answer);
    return isRecord(value) ? join(value['error'], value['error_description']) : undefined;
  } catch {
    return undefined;
  }
}

function join(error: unknown, description: unknown): string | undefined {
  const parts = [error, description].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? undefined : parts.join(': ');
}
