import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { DoorError } from './exchange.js';

/** A body as text, within its bounds, compressed or not. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  headers: Headers,
  maxBytes: number,
  isEnough?: (text: string) => boolean,
): Promise<{ text: string; bytes: number }> {
  const chunks: Uint8Array[] = [];
  const decoder = new TextDecoder();
  let seen = '';
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new DoorError('too_large', `The answer is longer than ${maxBytes} bytes.`);
    chunks.push(chunk);
    if (isEnough === undefined) continue;
    seen += decoder.decode(chunk, { stream: true });
    if (isEnough(seen)) break;
  }
  const whole = decompress(Buffer.concat(chunks), headers.get('content-encoding'), maxBytes);
  return { text: new TextDecoder().decode(whole), bytes };
}

/** Some servers compress although nobody asked them to. */
function decompress(bytes: Buffer, encoding: string | null, maxOutputLength: number): Uint8Array {
  try {
    switch (encoding?.trim().toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, { maxOutputLength });
      case 'br':
        return brotliDecompressSync(bytes, { maxOutputLength });
      case 'deflate':
        return inflateSync(bytes, { maxOutputLength });
      default:
        return bytes;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new DoorError('too_large', `The answer is longer than ${maxOutputLength} bytes.`, undefined, {
        cause: error,
      });
    throw new DoorError(
      'not_http',
      `The answer is not ${encoding ?? 'plain'}, although it says so.`,
      undefined,
      {
        cause: error,
      },
    );
  }
}
