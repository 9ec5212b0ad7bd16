import serverless from 'serverless-http';
import { app } from './behind-a-prefix.js';

/** For events of API Gateway, REST (version 1) and HTTP (version 2), where the stage or the base path is /notes. */
export const handler = serverless(app, { basePath: '/notes' });
