/** A family of cases, each with a number that does not change and one sentence. */
export interface Family {
  readonly title: string;
  readonly cases: Readonly<Record<string, string>>;
}

/** What the engine must do, case by case. */
export const families: readonly Family[] = [
  {
    title: 'Hearing of an event',
    cases: {
      C1: 'An announced restart of a pool member makes one run, with the event, its planned time and the playbook in it.',
      C2: 'One event, delivered five times and out of order, makes one run.',
      C3: 'A spot reclaim, which has neither id nor state, makes one run, and its drain begins at once.',
      C4: 'Two events on one instance: one run owns it, by a written rule; the other one waits and is not lost.',
      C5: 'An event that is cancelled before anything was done ends withdrawn, without a write.',
      C6: 'An event that is cancelled or avoided while the member is out: the traffic comes back, and the run is withdrawn.',
      C7: 'The provider acts before our window: drain now, no restart of our own, proof.',
      C8: 'An event first heard of when it was carried out: proof only; a failed one calls someone.',
      C9: 'A planned time that moves earlier or later moves the run, and people are told.',
      C10: 'An event for an instance that is gone or in no pool is written down once, counted and not tried again.',
      C11: 'What cannot be read, or is of an unknown code or state, is set aside or warned of; the next message is handled.',
      C12: 'An event that names several instances makes a run for each, and one that fails drops no other.',
      C13: 'When no push arrives, the sweep finds the event and makes the same run.',
      C14: 'Sweep and push race, and there is one run.',
    },
  },
  {
    title: 'When to work',
    cases: {
      C15: 'A run begins in the first window that leaves room for it before the window closes and before the deadline.',
      C16: 'A window over midnight belongs to the day on which it starts.',
      C17: 'An hour that the clocks skip opens nothing; one that they repeat opens once.',
      C18: 'Where no window fits, the playbook decides: ask, the last safe moment, or let the provider act.',
      C19: 'A run that would not end in its window does not start; one behind its commit point is not cut off.',
      C20: 'The last safe moment is the deadline less the time a run may take, and people are told 12 h and 1 h before.',
      C21: 'An emergency waits for no window, but a hard freeze stops it.',
      C22: 'A tag on the instance keeps it out of every plan until its date; the deadline is still warned of.',
    },
  },
  {
    title: 'How many at once',
    cases: {
      C23: 'While too few members are healthy no planned work starts; it goes on once health is back and has stayed.',
      C24: 'An emergency may go below what planned work keeps, never below the hard floor, unless its member serves nothing.',
      C25: 'Two slots and three events: two run, one waits. A slot is freed by proof, never by time alone.',
      C26: 'One member a zone at once, and never two.',
      C27: 'Earliest deadline first, then the zone with fewest out, then the instance id.',
      C28: 'A canary goes alone and is watched; when it fails, its pool stops and no other.',
      C29: 'An alarm that fires blocks the pool by name, and no slot is held meanwhile.',
      C30: 'Percentages are rounded towards safety, and the whole numbers are told; a pool of one needs consent.',
      C31: 'Two pools that share an instance or a server group: both limits hold.',
      C32: 'Two hundred members at once: one digest, and a plan over the nights that meets each deadline or names those it cannot.',
      C33: 'A scaling activity or another owner makes the run wait; Auto Scaling is kept from replacing the member meanwhile.',
    },
  },
  {
    title: 'Draining',
    cases: {
      C34: 'In every kind of group the old weight is written down, and all ports of the instance are drained.',
      C35: 'An instance in many groups is drained in all of them, or put back in all of them.',
      C36: 'When the connections are gone and stay gone, the drain ends early; a metric that lags is waited for.',
      C37: 'When the connections never end, the playbook decides: proceed, fail or ask.',
      C38: 'Where only less is wanted, weights are lowered and nothing is taken out.',
      C39: 'The last healthy server of a group stays in, unless the pool allows it; the group is named.',
      C40: 'A weight that a person set back meanwhile is seen before the restart, and the run asks.',
      C41: 'A drain that begins from lowered weights puts the original ones back.',
      C42: 'A throttled write is repeated, none is made twice, and their order is kept.',
    },
  },
  {
    title: 'Local data',
    cases: {
      C43: 'A backup leaves a manifest with sizes and checksums; where one is required, nothing is redeployed without it.',
      C44: 'A backup that takes too long or meets a failing disk names what it could not save, and the playbook decides.',
      C45: 'After a redeployment the disks are formatted, mounted and filled again, and every checksum is right before any traffic.',
      C46: 'A run that waits for a new disk sleeps for days, is woken by its event, and loses nothing meanwhile.',
    },
  },
  {
    title: 'Answering',
    cases: {
      C47: 'An announced restart is answered by a restart through the API, and watched until the event has ended.',
      C48: 'An event that a restart did not clear is no success: another try half a day later, another answer, or a person.',
      C49: 'An event that asks is accepted once, though the answer to the call was lost.',
      C50: 'A redeployment that bounces is seen by its task; the instance is proved and serves again.',
      C51: 'An instance that hangs while it stops is forced only where the playbook says so; otherwise someone is called.',
      C52: 'What ECS would refuse is refused in the plan, with its reason, and not in the night.',
    },
  },
  {
    title: 'Proof and return',
    cases: {
      C53: 'Proved healthy, the member gets its traffic back in shares, and in the end exactly the weights it had.',
      C54: 'A member that a person had taken out before the event stays out.',
      C55: 'Health that comes and goes starts the hold anew; too often, and the traffic is taken back and someone called.',
      C56: 'When errors rise during the ramp, the traffic is taken back and someone is called.',
      C57: 'A weight that changed during the run stays as it was changed, and the report says so.',
      C58: 'A new address or network card after a redeployment is found and registered, or refused in clear words.',
    },
  },
  {
    title: 'When something fails',
    cases: {
      C59: 'A failure before the commit point is undone, last step first, and each undoing is repeated and reported.',
      C60: 'A ladder escalates: each rung has a time limit, and the next one starts only while health is bad.',
      C61: 'A rung that reports failure ends at once.',
      C62: 'When the answers are spent the instance stays out, is tagged, and someone is called.',
      C63: 'An instance that heals by itself stops the ladder.',
      C64: 'Three failed runs in an hour stop planned work everywhere, until a person closes the breaker.',
      C65: 'An undoing that fails is an orphan: someone is called at once, and it is counted until it is mended.',
    },
  },
  {
    title: 'People',
    cases: {
      C66: 'Approval: given, refused, not answered, too late, twice, by someone who was not asked.',
      C67: 'An approval is of one plan: when what is planned changes, it is asked for anew.',
      C68: 'A freeze puts back and holds what is before its commit point, and lets finish what is behind it.',
      C69: 'Pause, resume, skip, retry and cancel are recorded with who and why.',
    },
  },
  {
    title: 'Crashes, queues and versions',
    cases: {
      C74: 'Killed at any outside call and delivered again, a run makes the same writes and comes to the same end.',
      C75: 'A call that worked although its answer was lost is seen to have worked.',
      C76: 'A worker that outlives its lease writes nothing more before the next one starts.',
      C77: 'A run that sleeps longer than the queue keeps a message goes on in hops, and loses nothing at any of them.',
      C78: 'Of two workers with one message, one goes on and the other drops it.',
      C79: 'Ten minutes without queue, ECS or OSS lose no run and double no write, and deadlines are still warned of.',
      C80: 'A bug in a step is set aside after some tries, the next run goes on, and a retry works after the fix.',
      C81: 'A run that an older version began ends with the newer one, on the plan it began with.',
    },
  },
  {
    title: 'Configuration and security',
    cases: {
      C82: 'Observe mode makes no write of any kind.',
      C85: 'A bad configuration never replaces a good one; runs under way are unaffected, and the rejection is told.',
      C88: 'The RAM policy generated is enough for each playbook and no more.',
      C89: 'An account whose role is gone holds its own runs and calls someone; other accounts go on.',
      C90: 'What nothing confirms starts no run, whoever pushed it: it is refused, counted, and stops no other.',
    },
  },
  {
    title: 'Scale',
    cases: {
      C92: 'Two hundred spot reclaims at once: every drain begins within the notice.',
    },
  },
  {
    title: 'Rehearsals',
    cases: {
      C95: 'Every kind of event can be rehearsed on the embedded cloud, without any account.',
      C96: 'A live rehearsal makes simulated events only, says what they cannot exercise, and cleans up after itself.',
      C97: 'A recorded stream of events, replayed thousands of times as fast, leads to the same decisions each time.',
    },
  },
];
