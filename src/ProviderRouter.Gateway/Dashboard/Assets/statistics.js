import { drawAll } from './charts.js';

drawAll();
