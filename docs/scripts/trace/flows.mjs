import { formatRequest, formatResponse } from '../../../apps/demo/dist/page.js';
import { clausesOf } from './clauses.mjs';
import { furtherScenes, scenes, selectScenes } from './scenes.mjs';

/** What the flow viewer plays from the demonstration, scene by scene. The first is on the home page too. */
const flows = {
  login: scenes.filter(({ step }) => step !== undefined).map(({ name }) => name),
  'step-up': ['step-up-challenge', 'step-up-authorization', 'step-up-token', 'step-up-call'],
  refusals: ['expired', 'other-resource'],
  outage: ['outage-known-keys', 'outage'],
};

/**
 * The flows of a run, by name: who sends what to whom, in the order of the story.
 *
 * @param {object} trace a normalized one
 * @returns {Map<string, object[]>}
 */
export function selectFlows(trace) {
  const all = selectScenes(trace, [...scenes, ...furtherScenes]);
  const found = new Map(all.map(({ name, exchanges }) => [name, exchanges]));
  return new Map(
    Object.entries(flows).map(([name, wanted]) => [
      name,
      wanted.flatMap((scene) =>
        found.get(scene).map(({ exchange, shown }) => describeExchange(scene, exchange, shown)),
      ),
    ]),
  );
}

/** The flow of a token that is bound to a key. */
export function describeBoundToken(recorded) {
  return recorded.map(({ scene, exchange }) =>
    describeExchange(scene, exchange, exchange.to === 'notes' ? { request: ['method', 'params.name'] } : {}),
  );
}

/** An exchange as the viewer shows it: the messages as text, and what they are about. */
function describeExchange(scene, { from, to, request, response }, shown = {}) {
  return {
    scene,
    from: columnOf(from),
    to: columnOf(to),
    line: `${request.method} ${shorten(new URL(request.url).pathname)}`,
    status: response.status,
    request: formatRequest(request, shown.request),
    response: formatResponse(response, shown.response),
    clauses: clausesOf(scene),
  };
}

/** The column of the drawing that a participant of the demonstration stands in: every server is the MCP server. */
function columnOf(name) {
  if (name === 'user agent') return name;
  if (name.endsWith('client')) return 'client';
  return name.endsWith('authorization server') ? 'authorization server' : 'notes';
}

function shorten(pathname) {
  return decodeURI(pathname).replace(/^(\/\.well-known\/).+/, '$1…');
}
