import { MCPAuth } from '../../src/fetch.js';
import { describeStreams } from '../support/stream-suite.js';

describeStreams('fetch entry', ({ config, routes, onWeb }) => {
  const mcpAuth = new MCPAuth(config);
  const handlers = new Map(
    routes.map(([path, options]) => [
      path,
      mcpAuth.protect({ fetch: (_request, handed) => onWeb(handed?.authInfo) }, { ...options, path }),
    ]),
  );
  const respond = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await handlers.get(path)?.fetch(new Request(`https://api.example.com${path}`, init));
    if (response === undefined) throw new Error(`There is no route ${path}`);
    // What a server does when its client leaves
    init.signal?.addEventListener('abort', () => void leave());
    const [body, leave] = follow(response.body);
    return new Response(body, response);
  };
  return Promise.resolve({ mcpAuth, fetch: respond, close: () => Promise.resolve() });
});

function follow(body: ReadableStream<Uint8Array> | null) {
  const reader = body?.getReader();
  const relay = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return [relay, () => reader?.cancel()] as const;
}
