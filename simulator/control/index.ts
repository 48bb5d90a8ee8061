import * as z from 'zod';
import type { WireAnswer, WireRequest } from '../core/http';
import type { World } from '../core/world';
import { everywhere, worldAt } from '../core/worlds';
import { patchAlarm } from './alarms';
import { putClock, getNext } from './clock';
import { putConsole } from './console';
import { getDisks, postDamage } from './disks';
import { postCredentials } from './credentials';
import { patchDnsRecord } from './dns';
import type { Knock } from './knock';
import { patchEvent, postEvent } from './events';
import { postNotice } from './notices';
import { deleteFaults, getFaults, postFault } from './faults';
import { getRuns, postTurn } from './functions';
import { deleteInstance, guestReboot, patchInstance, postReclaim } from './instances';
import { putQueues } from './queues';
import { getCalls, getPermissions, getPushes, getWrites } from './recorder';
import { Refusal } from './refusal';
import { getOutOfService } from './out-of-service';
import { patchScalingGroup, putActivity } from './scaling';
import { getState } from './state';
import { putSwitches } from './switches';
import { getTraffic } from './traffic';
import { putWeight } from './weights';

type Door = (world: World, knock: Knock, endpoint: string) => object | Promise<object>;

const doors: readonly (readonly [string, RegExp, Door])[] = [
  ['GET', /^\/_sim$/, getFacts],
  ['PUT', /^\/_sim\/clock$/, putClock],
  ['GET', /^\/_sim\/next$/, getNext],
  ['GET', /^\/_sim\/writes$/, getWrites],
  ['GET', /^\/_sim\/calls$/, getCalls],
  ['GET', /^\/_sim\/permissions$/, getPermissions],
  ['GET', /^\/_sim\/pushes$/, getPushes],
  ['POST', /^\/_sim\/events$/, postEvent],
  ['PATCH', /^\/_sim\/events\/([^/]+)$/, patchEvent],
  ['POST', /^\/_sim\/notices$/, postNotice],
  ['POST', /^\/_sim\/disks\/([^/]+)\/damage$/, postDamage],
  ['POST', /^\/_sim\/instances\/([^/]+)\/guest-reboot$/, guestReboot],
  ['POST', /^\/_sim\/instances\/([^/]+)\/reclaim$/, postReclaim],
  ['GET', /^\/_sim\/instances\/([^/]+)\/traffic$/, getTraffic],
  ['PUT', /^\/_sim\/instances\/([^/]+)\/console$/, putConsole],
  ['GET', /^\/_sim\/instances\/([^/]+)\/disks$/, getDisks],
  ['PATCH', /^\/_sim\/instances\/([^/]+)$/, patchInstance],
  ['DELETE', /^\/_sim\/instances\/([^/]+)$/, deleteInstance],
  ['PUT', /^\/_sim\/weights$/, putWeight],
  ['PUT', /^\/_sim\/switches$/, putSwitches],
  ['PUT', /^\/_sim\/scaling-groups\/([^/]+)\/activity$/, putActivity],
  ['PATCH', /^\/_sim\/scaling-groups\/([^/]+)$/, patchScalingGroup],
  ['PATCH', /^\/_sim\/dns-records\/([^/]+)$/, patchDnsRecord],
  ['PATCH', /^\/_sim\/alarms\/([^/]+)$/, patchAlarm],
  ['PUT', /^\/_sim\/queues$/, putQueues],
  ['POST', /^\/_sim\/functions\/turn$/, postTurn],
  ['GET', /^\/_sim\/functions\/runs$/, getRuns],
  ['POST', /^\/_sim\/credentials$/, postCredentials],
  ['POST', /^\/_sim\/faults$/, postFault],
  ['GET', /^\/_sim\/faults$/, getFaults],
  ['DELETE', /^\/_sim\/faults$/, deleteFaults],
  ['GET', /^\/_sim\/state$/, getState],
  ['GET', /^\/_sim\/out-of-service$/, getOutOfService],
];

/** The front door: unsigned JSON over which a test or a demonstration looks at the world and moves it. */
export async function answerControl(
  world: World,
  request: WireRequest,
  endpoint: string,
): Promise<WireAnswer> {
  try {
    for (const [method, pattern, door] of doors) {
      const found = method === request.method ? pattern.exec(request.path) : null;
      if (found === null) continue;
      const knock = { body: parse(request), query: request.query, id: decodeURIComponent(found[1] ?? '') };
      return json(200, await door(worldOf(world, request.query), knock, endpoint));
    }
    throw new Refusal(`${request.method} ${request.path}: no such call; see simulator/control/index.ts`);
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
    if (error instanceof Refusal) return json(400, { error: error.message });
    throw error;
  }
}

/** `?account=…&region=…` on any call means another account or region than the first one. */
function worldOf(world: World, query: URLSearchParams): World {
  const account = query.get('account') ?? world.account;
  const found = worldAt(world, account, query.get('region') ?? undefined);
  if (found !== undefined) return found;
  throw new Refusal(
    `account: found ${account}; expected one of ${everywhere(world)
      .map((each) => each.account)
      .join(', ')}`,
  );
}

function getFacts(world: World, _knock: Knock, endpoint: string): object {
  const { account, region, bucket, accessKeyId, accessKeySecret, now } = world;
  return { endpoint, account, region, bucket, accessKeyId, accessKeySecret, now };
}

function parse(request: WireRequest): unknown {
  if (request.body.length === 0) return {};
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new Refusal(`${request.method} ${request.path}: the body is not JSON`);
  }
}

function json(status: number, body: object): WireAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
