export { NodeRequestHead, type NodeRequestLike } from './node/node-request-head.js';
export { setNodeHeaders, writeNodeAnswer, type NodeResponseLike } from './node/write-node-answer.js';
