export { webCapabilities, withWebHeaders, type WebExchange } from './fetch/web-capabilities.js';
export { isEventStreamType } from './http/event-stream.js';
export { guardWebStream } from './web/guard-web-stream.js';
export { holdWebResponse } from './web/hold-web-response.js';
export { readWebBody, withJsonBody } from './web/read-web-body.js';
export { toResponse } from './web/to-response.js';
export { WebRequestHead } from './web/web-request-head.js';
