import { eventRule, eventRuleTargets, resourceMetricRule } from './cms';
import { rule } from './eventbridge';
import { fcFunction, fcService, fcTrigger } from './fc';
import { fc3AsyncInvokeConfig, fc3ConcurrencyConfig, fc3Function, fc3Trigger } from './fc3';
import { queue } from './mns';
import { bucket } from './oss';
import { attachPolicyToRole, managedPolicy, role } from './ram';
import { index, logstore, project } from './sls';
import type { ResourceType } from './type';

/** Every type of resource that templates may use here. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'ALIYUN::CMS::EventRule': eventRule,
  'ALIYUN::CMS::EventRuleTargets': eventRuleTargets,
  'ALIYUN::CMS::ResourceMetricRule': resourceMetricRule,
  'ALIYUN::EventBridge::Rule': rule,
  'ALIYUN::FC::Function': fcFunction,
  'ALIYUN::FC::Service': fcService,
  'ALIYUN::FC::Trigger': fcTrigger,
  'ALIYUN::FC3::AsyncInvokeConfig': fc3AsyncInvokeConfig,
  'ALIYUN::FC3::ConcurrencyConfig': fc3ConcurrencyConfig,
  'ALIYUN::FC3::Function': fc3Function,
  'ALIYUN::FC3::Trigger': fc3Trigger,
  'ALIYUN::MNS::Queue': queue,
  'ALIYUN::OSS::Bucket': bucket,
  'ALIYUN::RAM::AttachPolicyToRole': attachPolicyToRole,
  'ALIYUN::RAM::ManagedPolicy': managedPolicy,
  'ALIYUN::RAM::Role': role,
  'ALIYUN::SLS::Index': index,
  'ALIYUN::SLS::Logstore': logstore,
  'ALIYUN::SLS::Project': project,
};
