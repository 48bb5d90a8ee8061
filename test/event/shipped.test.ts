import { eventKinds } from '../../src/event/kinds';
import { shippedConfiguration } from '../support/configuration';

const shipped = shippedConfiguration().playbooks;

describe('the shipped playbooks', () => {
  it.each(eventKinds.flatMap(({ code, playbook }) => (playbook === undefined ? [] : [[code, playbook]])))(
    'answer %s with %s, as the table of events says',
    (code, playbook) => {
      const answering = shipped.filter(({ spec }) => spec.match.events.includes(code));
      const later = shipped.filter(({ spec }) =>
        spec.steps.some((step) => step.use === 'await-event' && step.with.events?.includes(code)),
      );
      expect([...answering, ...later].map(({ metadata }) => metadata.name)).toContain(playbook);
    },
  );
});
