import { defineCheck } from '../define-check';

const codes = {
  'clock-astray': {
    severity: 'warning',
    what: "this machine's clock differs from the cloud's by more than a minute",
    why: 'What is signed too long ago or ahead is refused; commands given here fail with SignatureDoesNotMatch or RequestTimeTooSkewed.',
    mend: 'set the clock: timedatectl set-ntp true',
  },
} as const;

const mostMs = 60_000;

export const clock = defineCheck<number, keyof typeof codes>({
  area: 'delivery',
  looksAt: "the cloud's clock",
  codes,
  look: ({ clinic }) => clinic.clock(),
  judge: (cloud, { machineNow }) => {
    const seconds = Math.round((machineNow - cloud) / 1000);
    if (Math.abs(seconds) * 1000 <= mostMs) return [];
    const way = seconds > 0 ? 'ahead of' : 'behind';
    return [{ code: 'clock-astray', about: 'this machine', what: `${Math.abs(seconds)} s ${way} the cloud` }];
  },
});
