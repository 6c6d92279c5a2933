import { check } from './health.js';

check(document);
