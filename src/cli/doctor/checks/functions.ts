import { leaseMs } from '../../../engine/act';
import { functionNames, type OneFunction } from '../../deploy/names';
import { defineCheck, type Found } from '../define-check';
import type { Facts } from '../patient';
import type { FunctionState } from '../ports';

/** What the template gives them, and what the engine's reserve at the end of an invocation is made for. */
const usualTimeoutSeconds = 120;
const shortestSeconds = 60;

const codes = {
  'function-missing': {
    severity: 'error',
    what: 'a function of the installation does not exist',
    why: 'Without poll nothing is swept, without receive no push is heard, without advance no run goes on.',
    mend: 'ecs-failover deploy',
  },
  'function-other-code': {
    severity: 'warning',
    what: 'a function runs other code than the build that lies here',
    why: 'What you rehearsed is not what will act at night.',
    mend: 'ecs-failover upgrade, or check out what is deployed',
  },
  'function-outlives-its-lease': {
    severity: 'error',
    what: 'a function may run as long as the lease of an act, or longer',
    why: 'Another invocation takes up the same act while the first is still at it.',
    mend: `set its timeout to ${usualTimeoutSeconds} seconds, or ecs-failover upgrade`,
  },
  'function-cut-short': {
    severity: 'warning',
    what: `a function may run for less than ${shortestSeconds} seconds`,
    why: 'Twenty seconds are kept free at its end, so that little is done in each invocation and runs are late.',
    mend: `set its timeout to ${usualTimeoutSeconds} seconds, or ecs-failover upgrade`,
  },
  'function-misdirected': {
    severity: 'error',
    what: 'a function works with another queue or bucket than the installation has',
    why: 'It cannot see the runs that the other functions began.',
    mend: 'ecs-failover upgrade; environment variables that were changed by hand are set back',
  },
  'timer-off': {
    severity: 'error',
    what: 'a function that works by the clock has no timer, or its timer is off',
    why: 'Nothing is swept, or no run goes on, until somebody calls it by hand.',
    mend: 'switch the timer on: Function Compute console, the function, Triggers; or ecs-failover upgrade',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly name: OneFunction;
  readonly state: FunctionState | undefined;
  /** Of what was built here, as OSS has it; undefined where it was never uploaded. */
  readonly uploaded: string | undefined;
}

export const functions = defineCheck<readonly Seen[], Code>({
  area: 'functions',
  looksAt: 'functions, their code and their timers',
  codes,
  look: async ({ deployed, clinic, facts: { built, installation } }) =>
    Promise.all(
      functionNames.map(async (name) => {
        const key = built.find((one) => one.name === name)?.key;
        const [state, uploaded] = await Promise.all([
          deployed(name),
          key === undefined ? undefined : clinic.checksum(installation.codeBucket, key),
        ]);
        return { name, state, uploaded };
      }),
    ),
  judge: (seen, facts) => seen.flatMap((one) => judgeOne(one, facts)),
});

function judgeOne({ name, state, uploaded }: Seen, facts: Facts): readonly Found<Code>[] {
  const { installation, built } = facts;
  const about = installation.functionOf(name).name;
  if (state === undefined)
    return [{ code: 'function-missing', about, what: `there is no function ${about}` }];
  const hasTimer = state.triggers.some(({ type, enabled }) => type === 'timer' && enabled);
  return [
    ...(built.length > 0 && uploaded !== state.checksum
      ? [{ code: 'function-other-code' as const, about, what: `its code has the checksum ${state.checksum}` }]
      : []),
    ...judgeTimeout(about, state.timeoutSeconds),
    ...judgeEnvironment(about, state.environment, facts),
    ...(name !== 'receive' && !hasTimer
      ? [{ code: 'timer-off' as const, about, what: sayTimers(state) }]
      : []),
  ];
}

function judgeTimeout(about: string, seconds: number): readonly Found<Code>[] {
  const lease = leaseMs / 1000;
  const what = `its timeout is ${seconds} s; expected ${usualTimeoutSeconds} s`;
  if (seconds >= lease)
    return [
      { code: 'function-outlives-its-lease', about, what: `${what}, less than the lease of ${lease} s` },
    ];
  return seconds < shortestSeconds ? [{ code: 'function-cut-short', about, what }] : [];
}

function judgeEnvironment(
  about: string,
  environment: FunctionState['environment'],
  { installation }: Facts,
): readonly Found<Code>[] {
  const wanted = { FAILOVER_QUEUE: installation.runs, FAILOVER_BUCKET: installation.bucket };
  return Object.entries(wanted)
    .filter(([name, value]) => environment[name] !== value)
    .map(([name, value]) => ({
      code: 'function-misdirected' as const,
      about,
      what: `${name} is ${environment[name] ?? 'not set'}; expected ${value}`,
    }));
}

function sayTimers({ triggers }: FunctionState): string {
  const off = triggers.filter(({ type }) => type === 'timer').map(({ name }) => name);
  return off.length === 0 ? 'it has no timer' : `its timer ${off.join(', ')} is off`;
}
