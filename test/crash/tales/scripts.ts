import { configurationOf } from '../../support/playbook-text';
import type { Tale } from './tale';

const playbook = `
match: { events: [SystemMaintenance.Reboot], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:
  - id: stop
    use: run-script
    with:
      run: echo stopped >> /tmp/scripts.log
      timeout: 60s
      undo: { run: echo started >> /tmp/scripts.log, timeout: 60s }
  - { id: fail, use: run-script, with: { run: echo failed >> /tmp/scripts.log; exit 4, timeout: 60s } }
  - { id: restart, use: answer-event, commit: true, with: { atMost: 10m } }`;

/** The second script fails, and so the first is put back by a third. */
export const scripts = (): Tale => ({ configuration: configurationOf(playbook), near: ['run'], lost: true });
