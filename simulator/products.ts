import { alb } from './alb';
import { clb } from './clb';
import { cms } from './cms';
import type { Product } from './core/call';
import { alidns } from './dns/alidns';
import { pvtz } from './dns/pvtz';
import { ecs } from './ecs';
import { ess, ess2014 } from './ess';
import { eventbridge } from './eventbridge';
import { kms } from './kms';
import { mnsOpen } from './mns-open';
import { nlb } from './nlb';
import { ram, resourceManager } from './ram';
import { ims } from './ram/account-summary';
import { ros } from './ros';
import { sts } from './sts';

/** The OpenAPI products that are imitated; a request finds its product by API version. */
export const products: readonly Product[] = [
  ecs,
  clb,
  alb,
  nlb,
  cms,
  ess,
  ess2014,
  alidns,
  pvtz,
  ram,
  resourceManager,
  ims,
  sts,
  kms,
  mnsOpen,
  ros,
  eventbridge,
];
