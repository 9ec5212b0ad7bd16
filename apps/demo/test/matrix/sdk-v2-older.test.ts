import { subjects } from './subjects.js';
import { describeMatrix } from './suite.js';

describeMatrix('SDK version 2, asked as before MCP 2026-07-28,', subjects.v2Older);
