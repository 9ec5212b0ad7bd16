import { subjects } from './subjects.js';
import { describeMatrix } from './suite.js';

describeMatrix('SDK version 2', subjects.v2);
