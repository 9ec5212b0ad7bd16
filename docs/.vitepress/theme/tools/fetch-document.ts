import type { FetchProblem } from '../texts/tool-texts';

export type FetchedDocument =
  | { readonly text: string }
  | { readonly problem: FetchProblem; readonly status?: number };

const longestMs = 10_000;
/** More than any metadata has, and nothing that a browser would stand still for. */
const mostBytes = 1_000_000;

/** Fetches a document as any page would. The browser does not tell a page why it may not read an answer. */
export async function fetchDocument(address: string): Promise<FetchedDocument> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:\/\//i.test(address)) return { problem: 'address' };
  // Fetch refuses such addresses, and nobody should have to see a password in the log of a server
  if (url.username !== '' || url.password !== '') return { problem: 'login' };
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), longestMs);
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { Accept: 'application/json' },
      signal: end.signal,
    });
    if (!response.ok) return { problem: 'status', status: response.status };
    return readDocument(await readText(response));
  } catch {
    return { problem: end.signal.aborted ? 'slow' : 'blocked' };
  } finally {
    clearTimeout(timer);
    // What was not read is not wanted
    end.abort();
  }
}

/** The text of an answer, as far as it is read. */
async function readText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > mostBytes) return undefined;
    parts.push(decoder.decode(part.value, { stream: true }));
  }
  return parts.join('') + decoder.decode();
}

function readDocument(text: string | undefined): FetchedDocument {
  if (text === undefined) return { problem: 'large' };
  try {
    return { text: JSON.stringify(JSON.parse(text), undefined, 2) };
  } catch {
    return { problem: 'json' };
  }
}
