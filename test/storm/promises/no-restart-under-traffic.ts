import { isMeant } from '../meant';
import { answers, type Promised } from '../story';

/** Between the last look and the call a person may bring the traffic back: no program can see that in time. */
const blindMs = 150_000;

/** Never a restart, stop or redeploy while the instance still takes traffic. */
export const noRestartUnderTraffic: Promised = {
  name: 'no restart under traffic',
  sentence: 'never a restart, stop or redeploy while the instance takes traffic',
  watch: ({ places, cloud, configuration }) => ({
    act: ({ at, action, run }) => {
      if (!answers.includes(action) || run === undefined) return undefined;
      const { instanceId } = run.plan.target;
      const serving = places.find(
        (place) =>
          place.instanceId === instanceId &&
          place.weight() > 0 &&
          isMeant(cloud, configuration, place) &&
          (place.hand === undefined || at - place.hand.at > blindMs),
      );
      return serving && `${action} of ${instanceId} while ${serving.key} has weight ${serving.weight()}`;
    },
  }),
};
