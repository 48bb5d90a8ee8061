import type { Call } from '../core/call';
import type { World } from '../core/world';

/** Carries a write out once for its ClientToken; when it comes again it is answered as the first time. */
export function once(world: World, call: Call, carryOut: () => object): object {
  const { ClientToken: token } = call.params;
  if (token === undefined || token === '') return carryOut();
  const name = `${call.product}.${call.action}/${token}`;
  const answer = world.tokens.get(name)?.answer ?? carryOut();
  world.tokens.set(name, { asked: '', answer });
  return answer;
}
