import * as z from 'zod';
import type { Caller } from '../call';
import { AddressFields, enisOf, ipsOf, publicIpsOf } from '../ecs-addresses';
import { byToken } from '../pages';
import { listOf } from '../shapes';
import type { Server } from './kind';

const Answer = z.object({
  Instances: listOf('Instance', z.object({ InstanceId: z.string(), ...AddressFields })),
  NextToken: z.string().nullish(),
});

/** InstanceIds takes so many. */
const mostIds = 100;

/**
 * By which cards and addresses groups may know the instances; one that does not exist any more keeps its id.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstances
 */
export async function identify(
  call: Caller,
  region: string,
  instanceIds: readonly string[],
): Promise<readonly Server[]> {
  const ids = [...new Set(instanceIds)];
  const known = new Map<string, Server>();
  for (let from = 0; from < ids.length; from += mostIds) {
    const InstanceIds = JSON.stringify(ids.slice(from, from + mostIds));
    const rows = await byToken(async (token) => {
      const params = { RegionId: region, MaxResults: mostIds, NextToken: token, InstanceIds };
      const answer = await call.read('ecs', 'DescribeInstances', params, Answer);
      return { rows: answer.Instances, next: answer.NextToken };
    });
    for (const row of rows) {
      const addresses = { enis: enisOf(row), ips: ipsOf(row), publicIps: publicIpsOf(row) };
      known.set(row.InstanceId, { id: row.InstanceId, ...addresses });
    }
  }
  return ids.map((id) => known.get(id) ?? { id, enis: [], ips: [], publicIps: [] });
}
