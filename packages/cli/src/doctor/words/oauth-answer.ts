import type { Answer } from '../line.js';
import { excerpt } from './excerpt.js';
import { parseObject } from './mcp-messages.js';

/** What an endpoint of an authorization server said when it refused (RFC 6749 §5.2, RFC 7591 §3.2.2). */
export interface OAuthRefusal {
  readonly code: string;
  readonly description: string;
  /** For a sentence: status, code and description. */
  readonly words: string;
}

export function readRefusal({ status, text }: Answer): OAuthRefusal {
  const document = parseObject(text);
  const code = textOf(document?.['error']);
  const description = textOf(document?.['error_description']);
  const said = code === '' ? excerpt(text) : ` ${code}${excerpt(description)}`;
  return { code, description, words: `It answered ${status}${said}.` };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
