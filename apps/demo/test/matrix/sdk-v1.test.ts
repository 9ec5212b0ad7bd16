import { subjects } from './subjects.js';
import { describeMatrix } from './suite.js';

describeMatrix('SDK version 1', subjects.v1);
