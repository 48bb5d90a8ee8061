import { keepsTheContract } from './contract';

keepsTheContract('alb');
