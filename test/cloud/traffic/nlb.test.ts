import { keepsTheContract } from './contract';

keepsTheContract('nlb');
