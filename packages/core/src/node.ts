export { guardNodeStream, type GuardableNodeResponse } from './node/guard-node-stream.js';
export { holdNodeResponse, type HoldableNodeResponse, type NodeHeaders } from './node/hold-node-response.js';
export { NodeRequestHead, type NodeRequestLike } from './node/node-request-head.js';
export { collectNodeBody, type NodeBodyStream } from './node/collect-node-body.js';
export {
  judgeParsedBody,
  readBodyHeaders,
  readNodeBody,
  type NodeBodyRequest,
} from './node/read-node-body.js';
export { setNodeHeaders, writeNodeAnswer, type NodeResponseLike } from './node/write-node-answer.js';
export {
  findHostRequest,
  isMadeOf,
  type HostedRequest,
  type HostRequest,
  type RequestMake,
} from './node/host-request.js';
export { readHostBody } from './node/read-host-body.js';
