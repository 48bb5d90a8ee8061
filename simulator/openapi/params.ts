const signatureParams = new Set([
  'AccessKeyId',
  'Action',
  'Format',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureType',
  'SignatureVersion',
  'Timestamp',
  'Version',
]);

/** What the caller asked for, without what proves who asked. */
export function withoutSignature(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !signatureParams.has(name)));
}

/** The thing a call acts on: the most particular resource that it names. */
export function targetOf(params: Readonly<Record<string, string>>): string {
  const names = [
    'EventId',
    'EventId.1',
    'VServerGroupId',
    'LoadBalancerId',
    'ServerGroupId',
    'RecordId',
    'SubDomain',
    'InstanceId',
    'InstanceId.1',
    'InstanceIds.1',
    'ResourceId.1',
    'StackId',
    'StackName',
    'RoleName',
    'PolicyName',
    'RuleName',
  ];
  return names.map((name) => params[name]).find((value) => value !== undefined) ?? '';
}
