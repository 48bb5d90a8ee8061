import { back, configurationOf, drain } from '../../support/playbook-text';
import { breakLocalDisk } from './break-local-disk';
import type { Tale } from './tale';

const playbook = `
match: { events: [ErrorDetected], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - { id: isolate, use: answer-event, commit: true, with: { atMost: 20m } }
  - { id: isolated, use: await-event, with: { states: [Executed], atMost: 20m } }
  - id: new-disk
    use: await-event
    with: { events: [SystemMaintenance.RebootAndReInitErrorDisk], states: [Inquiring], atMost: 10d }
  - { id: take-back, use: answer-event, with: { event: new-disk, atMost: 20m } }
  - { id: taken-back, use: await-event, with: { event: new-disk, states: [Executed], atMost: 20m } }${back}`;

/** Accepted and restarted twice by one run that sleeps in between: isolated, and taken back in the next window. */
export const damagedDisk = (): Tale => ({
  configuration: configurationOf(playbook),
  announced: { event: undefined },
  near: ['acceptInquired', 'reboot'],
  prepare: breakLocalDisk({ online: false }),
});
