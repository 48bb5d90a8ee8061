import { ApiError, type Operation } from '../core/call';

/** The services of ours that can be asked about, as ROS names them; EventBridge is not among them. */
const services = ['OSS', 'SMQ', 'FC', 'SLS', 'CMS', 'KMS'];

/**
 * Whether services are activated. The fleet's `inactiveServices` are not.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getserviceprovisions
 */
export const GetServiceProvisions: Operation = (world, { params }) => {
  const names: string[] = [];
  for (let n = 1; params[`Services.${n}.ServiceName`] !== undefined; n += 1) {
    names.push(params[`Services.${n}.ServiceName`]!);
  }
  if (names.length === 0)
    throw new ApiError(400, 'MissingParameter', 'Services is mandatory for this action.');
  return {
    ServiceProvisions: names.map((ServiceName) => ({
      ServiceName,
      Status: statusOf(ServiceName, world.inactiveServices),
      EnableURL: `https://common-buy.aliyun.com/?commodityCode=${ServiceName.toLowerCase()}`,
    })),
  };
};

function statusOf(name: string, inactive: ReadonlySet<string>): string {
  if (inactive.has(name)) return 'Disabled';
  return services.includes(name) ? 'Enabled' : 'Unknown';
}
