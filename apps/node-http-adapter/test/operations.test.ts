import { describeRuns } from '../../../packages/core/test/support/run-suite.js';
import { MCPAuth } from '../src/index.js';

describeRuns('node:http', ({ config, verify, options, runBody }) =>
  new MCPAuth(config).bearerAuth(verify, options, (request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(runBody(request.body)));
  }),
);
