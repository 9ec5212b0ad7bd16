import type { Exchange } from './trace.js';

type Line = (exchange: Exchange) => string | undefined;

const maxLength = 300;

/** A field of the answer's head. */
export function responseHeader(name: string, mustContain = ''): Line {
  return ({ response }) => {
    const value = response.headers[name.toLowerCase()];
    return value?.includes(mustContain) ? `${name}: ${value}` : undefined;
  };
}

/** Members of the answer's JSON body, all of which must be there. */
export function responseMembers(...names: string[]): Line {
  return ({ response }) => quote(response.body, names);
}

/** Parameters of the request's query, all of which must be there. */
export function queryParameters(...names: string[]): Line {
  return ({ request }) => pick(new URL(request.url).searchParams, names);
}

/** Parameters of the query in the answer's Location field, which must begin in a certain way. */
export function redirectTo(prefix: string, ...names: string[]): Line {
  return ({ response }) => {
    const location = response.headers['location'];
    if (!location?.startsWith(prefix)) return undefined;
    const parameters = pick(new URL(location).searchParams, names);
    return parameters && `Location: ${prefix}?${parameters.replaceAll(' ', '&')}`;
  };
}

/** Members of a tool's structured answer, all of which must be there. */
export function toolAnswer(...names: string[]): Line {
  return ({ response }) => {
    const { result } = (response.body ?? {}) as {
      result?: { structuredContent?: unknown; isError?: boolean };
    };
    return result?.isError === true ? undefined : quote(result?.structuredContent, names);
  };
}

/** The names of the tools in the answer to `tools/list`, one of which must be there. */
export function toolNames(mustContain: string): Line {
  return ({ response }) => {
    const { result } = (response.body ?? {}) as { result?: { tools?: readonly { name: string }[] } };
    const names = result?.tools?.map(({ name }) => name) ?? [];
    return names.includes(mustContain) ? `tools: ${names.join(', ')}` : undefined;
  };
}

function pick(parameters: URLSearchParams, names: readonly string[]): string | undefined {
  const found = names.flatMap((name) => {
    const value = parameters.get(name);
    return value === null ? [] : [`${name}=${value}`];
  });
  return found.length === names.length ? found.join(' ') : undefined;
}

function quote(body: unknown, names: readonly string[]): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const members = body as Record<string, unknown>;
  if (!names.every((name) => members[name] !== undefined)) return undefined;
  const line = names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(members[name])}`).join(', ');
  return line.length > maxLength ? `${line.slice(0, maxLength)}...` : line;
}
