import { fault } from './fault.js';

/** The media type of a response, in lower case and without parameters. */
export function readMediaType(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * Reads a body as UTF-8, up to a limit.
 *
 * @throws {MCPAuthAuthServerError} `response_too_large`, `invalid_json`
 */
export async function readText(url: string, response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let text = '';
  for (;;) {
    const chunk = await reader.read();
    if (chunk.done) break;
    size += chunk.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw fault('response_too_large', url, `answered with more than ${maxBytes} bytes`);
    }
    text += decode(url, () => decoder.decode(chunk.value, { stream: true }));
  }
  return text + decode(url, () => decoder.decode());
}

function decode(url: string, run: () => string): string {
  try {
    return run();
  } catch {
    throw fault('invalid_json', url, 'answered with bytes that are no UTF-8');
  }
}
