import { back, configurationOf, drain } from '../../support/playbook-text';
import { plannedRestart, type Tale } from './tale';

const playbook = `
match: { events: [SystemMaintenance.Stop], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - id: stop
    use: answer-event
    commit: true
    with: { action: wait, pullEarlier: true, atMost: 20m }
  - { id: stopped, use: await-event, with: { states: [Executed], atMost: 20m } }${back}`;

/** The platform is asked to stop the instance now, in our window, and what it has stopped is started. */
export const pulledStop = (): Tale => ({
  configuration: configurationOf(playbook),
  announced: { event: { ...plannedRestart, code: 'SystemMaintenance.Stop' } },
  near: ['move', 'start'],
});
