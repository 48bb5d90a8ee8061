import { exampleFleet, nothingLeft, openStory, web2, type Story } from '../support/story';

const weightWrites = (weight: number) => [
  `SetBackendServers lb-bp1web0000001 web-2=${weight}`,
  `SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=${weight} web-2:8444=${weight}`,
];

describe('where the public documentation can be read in two ways', () => {
  let story: Story;
  afterEach(() => story.close());

  it.each([
    ['load balancers say nothing of members at weight 0', { clbReportsWeightZeroHealth: false }],
    ['the history answers pending events unless asked', { historyDefaultsToPending: true }],
    ['an answered event passes through Executing', { avoidedPassesThroughExecuting: true }],
    ['the instance reads Running for a while after the restart', { staleRunningAfterReboot: true }],
    ['notices of an avoided event have its new name', { staleNameSuffix: false }],
    ['every notice has an id of its own', { repeatedNoticeId: false }],
    ['notices carry their content as text', { contentAsText: true }],
    ['the queue counts its messages as none', { mnsCountsAreZero: true }],
  ])('the story is the same when %s', async (_reading, switches: Record<string, boolean>) => {
    story = await openStory({ fleet: { ...exampleFleet(), switches } });
    await story.announce({
      eventId: 'e-bp1eitherreading001',
      instanceId: web2,
      code: 'SystemMaintenance.Reboot',
      notBefore: '2026-11-19T06:00:00Z',
    });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual([
      ...weightWrites(0),
      'RunCommand web-2 drain-quiet',
      'RunCommand web-2 save',
      'RebootInstance web-2',
      ...weightWrites(10),
      ...weightWrites(50),
      ...weightWrites(100),
    ]);
    expect(story.failures()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});
