/**
 * What whoever deploys has to be allowed to do for a resource of each type, beside `ros:*`: ROS makes it in the
 * caller's name. Actions are named after the calls, `<product>:<call>`.
 * https://www.alibabacloud.com/help/en/ram/user-guide/how-do-i-resolve-a-no-permission-error
 */
export const resourceActions: Readonly<Record<string, readonly string[]>> = {
  // A policy that stands in the role is a custom policy which is attached to it.
  'ALIYUN::RAM::Role': [
    'ram:CreateRole',
    'ram:UpdateRole',
    'ram:DeleteRole',
    'ram:CreatePolicy',
    'ram:CreatePolicyVersion',
    'ram:DeletePolicy',
    'ram:AttachPolicyToRole',
    'ram:DetachPolicyFromRole',
  ],
  'ALIYUN::OSS::Bucket': ['oss:PutBucket', 'oss:PutBucketLifecycle', 'oss:DeleteBucket'],
  'ALIYUN::MNS::Queue': ['mns:CreateQueue', 'mns:SetQueueAttributes', 'mns:DeleteQueue'],
  'ALIYUN::CMS::EventRule': ['cms:PutEventRule', 'cms:DeleteEventRules'],
  'ALIYUN::CMS::EventRuleTargets': ['cms:PutEventRuleTargets', 'cms:DeleteEventRuleTargets'],
  'ALIYUN::CMS::ResourceMetricRule': ['cms:PutResourceMetricRule', 'cms:DeleteMetricRules'],
  'ALIYUN::SLS::Project': ['log:CreateProject', 'log:DeleteProject'],
  'ALIYUN::SLS::Logstore': ['log:CreateLogStore', 'log:UpdateLogStore', 'log:DeleteLogStore'],
  'ALIYUN::SLS::Index': ['log:CreateIndex', 'log:UpdateIndex', 'log:DeleteIndex'],
  'ALIYUN::FC3::Function': ['fc:CreateFunction', 'fc:UpdateFunction', 'fc:DeleteFunction', 'ram:PassRole'],
  'ALIYUN::FC3::Trigger': ['fc:CreateTrigger', 'fc:UpdateTrigger', 'fc:DeleteTrigger'],
  'ALIYUN::FC::Service': ['fc:CreateService', 'fc:UpdateService', 'fc:DeleteService', 'ram:PassRole'],
  'ALIYUN::FC::Function': ['fc:CreateFunction', 'fc:UpdateFunction', 'fc:DeleteFunction'],
  'ALIYUN::FC::Trigger': ['fc:CreateTrigger', 'fc:UpdateTrigger', 'fc:DeleteTrigger'],
  'ALIYUN::EventBridge::Rule': ['eventbridge:CreateRule', 'eventbridge:UpdateRule', 'eventbridge:DeleteRule'],
};
