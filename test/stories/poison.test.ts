import type { AnyStep } from '../../src/steps/define-step';
import { stepTypes } from '../../src/steps';
import { commandOn } from '../cli/on-account';
import { nothingLeft, openStory, web2, web3, type Story } from '../support/story';

jest.setTimeout(120_000);

/** The program with a bug in the step that saves local disks, on one of the instances, until it is mended. */
function buggySteps(): { steps: ReadonlyMap<string, AnyStep>; mend: () => void } {
  const step = stepTypes.get('back-up-data');
  if (step === undefined) throw new Error('no step backs data up');
  let mended = false;
  const buggy: AnyStep = {
    ...step,
    forward: {
      ...step.forward,
      judge: (seen, parameters, scene) => {
        if (!mended && scene.target.instanceId === web2) {
          throw new TypeError("Cannot read properties of undefined (reading 'size')");
        }
        return step.forward.judge(seen, parameters, scene);
      },
    },
  };
  return { steps: new Map([...stepTypes, [buggy.type, buggy]]), mend: () => void (mended = true) };
}

const restart = (instanceId: string, eventId: string) => ({
  eventId,
  instanceId,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
});

describe('a bug in a step', () => {
  let story: Story;
  afterEach(() => story.close());
  const outcomes = async () => (await story.actSentences()).filter((act) => act.startsWith('Reboot'));

  it('parks its run after a few tries and calls somebody; mended, it goes on with a retry, and the next one after it (C80)', async () => {
    const { steps, mend } = buggySteps();
    story = await openStory({ steps });
    await story.announce(restart(web2, 'e-bp1poisoned000000001'));
    await story.announce(restart(web3, 'e-bp1poisoned000000002'));
    await story.play({ until: ({ callsForSomeone }) => callsForSomeone().length > 0 });
    expect(story.callsForSomeone()).toEqual([
      "parked after 5 tries: TypeError: Cannot read properties of undefined (reading 'size')",
    ]);
    expect(await story.journal('set-aside')).toMatchObject([{ kind: 'set-aside' }]);
    expect(await outcomes()).toEqual([]);

    // The member stays out, and no other one goes: it has the pool's only slot.
    await story.play({ hours: 2 });
    expect((await story.leftovers()).slots).toEqual([web2]);
    expect(story.callsForSomeone()).toHaveLength(1);
    const swept = story.logged.findLast(({ kind }) => kind === 'sweep');
    expect(swept?.data).toMatchObject({ parked: 1 });

    mend();
    const run = swept && (await story.world.openRuns.list()).find(({ runId }) => isOf(runId, web2));
    const said = await commandOn(story.simulator)(
      ...['runs', 'retry', run?.runId ?? '', '--why', 'version 0.1.1', '--by', 'lin', '--json'],
    );
    expect(said.json()).toMatchObject({ foreseen: 'lin lets it go on: version 0.1.1' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }]);
    expect(await outcomes()).toEqual(['RebootInstance web-2', 'RebootInstance web-3']);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  function isOf(runId: string, instanceId: string): boolean {
    return story.logged.some(({ run, instance }) => run === runId && instance === instanceId);
  }
});
