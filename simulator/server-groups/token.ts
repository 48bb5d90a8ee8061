import type { Call } from '../core/call';
import type { World } from '../core/world';
import type { Dialect } from './dialect';

/**
 * Carries a write out once for its ClientToken: when it comes again it is answered as the first time, however the
 * job ended, and with other parameters it is refused.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-updateservergroupserversattribute
 */
export function once(world: World, call: Call, dialect: Dialect, write: () => object): object {
  const { ClientToken: token, ...rest } = call.params;
  if (token === undefined || token === '') return write();
  if (token.length > 64) throw dialect.illegal('ClientToken');
  const name = `${dialect.product}.${call.action}/${token}`;
  const asked = JSON.stringify(Object.entries(rest).sort());
  const known = world.tokens.get(name);
  if (known !== undefined && known.asked !== asked) throw dialect.otherToken(world);
  const answer = known?.answer ?? write();
  world.tokens.set(name, { asked, answer });
  return answer;
}
