import { Guard, weekdays } from '../../../src/playbook/configuration';
import type { Millis } from '../../../src/event/system-event';
import type { Facts, Phase, Verdict } from '../../../src/run/run';
import type { Reach, Scene } from '../../../src/steps/define-step';
import type { PoolLine } from '../../../src/steps/slot/pool-lines';
import { memoryStores } from '../../support/memory-world';
import { eventThatIs, hourMs, instanceThatIs, inWords, moveOf, sceneOf, t0 } from '../at-a-scene';

const nights = {
  calendar: {
    zone: 'Asia/Shanghai',
    allow: [{ name: 'nights', days: [...weekdays], from: 120, to: 300 }],
    deny: [],
  },
  neededMs: hourMs,
  finishBeforeMs: 2 * hourMs,
  ifNoWindow: 'ask' as const,
};

interface Asking {
  readonly run: string;
  readonly instance: string;
  readonly parameters?: object;
  readonly scene?: Partial<Scene>;
}

/** A cloud and its journals; runs ask for slots through the step types themselves, as the engine would. */
export interface PoolWorld {
  /** As the cloud shows them; `zone` is the last letter, and without a `group` they all serve in one. */
  readonly members: Map<
    string,
    { zone: string; status: string; weight: number; tags: readonly string[]; group?: string }
  >;
  readonly firing: string[];
  clock: Millis;
  /** Calls to the cloud so far. */
  calls: number;
  readonly journals: Reach['journals'];
  readonly lines: (pool?: string) => Promise<readonly PoolLine[]>;
  readonly kinds: (pool?: string) => Promise<string>;
  /** Says in the run's journal in which phase it is. */
  readonly runIs: (run: string, phase: Phase['kind'], more?: object) => Promise<void>;
  /** Adds a line to the run's journal. */
  readonly add: (run: string, line: object) => Promise<void>;
  readonly event: { status: 'Scheduled' | 'Avoided' };
  readonly join: (asking: Asking) => Promise<void>;
  /** Asks, and acts as often as it is told to: what came of it, in words, and the last sentence. */
  readonly ask: (
    asking: Asking,
  ) => Promise<{ readonly words: string; readonly note: string; readonly verdict: Verdict }>;
  readonly giveBack: (asking: Asking, undoing?: string) => Promise<void>;
  readonly look: (asking: Asking) => Promise<unknown>;
  readonly act: (asking: Asking, seen: unknown) => Promise<void>;
}

/** `i-1 i-2 | i-3 i-4`: members in zone h, and behind the bar in zone i. */
export function poolOf(zones: string, guard: object = {}): PoolWorld {
  const members: PoolWorld['members'] = new Map(
    zones.split('|').flatMap((part, index) =>
      part
        .trim()
        .split(' ')
        .map(
          (id) => [id, { zone: 'hi'[index] ?? 'h', status: 'Running', weight: 100, tags: ['web'] }] as const,
        ),
    ),
  );
  const firing: string[] = [];
  const { journals } = memoryStores({ now: () => world.clock });
  const parametersOf = ({ parameters = {} }: Asking): Facts => ({
    pool: 'web',
    guard: Guard.parse(guard),
    tags: { pool: 'web' },
    places: [{ kind: 'clb', loadBalancer: 'lb-bp1web0000001' }],
    window: nights,
    ...parameters,
  });
  const lineOf = (asking: Asking): Facts => {
    const { pool, window, priority } = parametersOf(asking);
    return { pool, window, ...(priority !== undefined && { priority }) };
  };
  const sceneFor = ({ run, instance, scene = {} }: Asking): Scene =>
    sceneOf({
      now: world.clock,
      runId: run,
      target: { instanceId: instance, zone: members.get(instance)?.zone ?? 'h', region: 'cn-hangzhou' },
      ...scene,
    });
  const reach = { cloud: cloudOf(members, firing, () => world), journals } as unknown as Reach;
  const take = moveOf('take-slot');
  const lines = async (pool = 'web') =>
    (await journals.read(`pools/${pool}`, 0)).lines.map((line) => JSON.parse(line) as PoolLine);
  const world: PoolWorld = {
    members,
    firing,
    clock: t0,
    calls: 0,
    journals,
    event: { status: 'Scheduled' },
    lines,
    kinds: async (pool) =>
      (await lines(pool)).map((line) => ('run' in line ? `${line.kind} ${line.run}` : line.kind)).join(', '),
    runIs: async (run, kind, more = {}) => {
      const state = { phase: { kind, ...more }, step: 0, stepSince: world.clock, committed: false };
      await world.add(run, { kind: 'revision', state });
    },
    add: async (run, line) => {
      const { position } = await journals.read(`runs/${run}`, 0);
      await journals.append(`runs/${run}`, position, JSON.stringify(line));
    },
    join: async (asking) => {
      const join = moveOf('join-line');
      const [parameters, scene] = [lineOf(asking), sceneFor(asking)];
      await join.act(parameters, reach, scene, await join.look(parameters, reach, scene));
    },
    look: (asking) => take.look(parametersOf(asking), reach, sceneFor(asking)),
    act: async (asking, seen) => void (await take.act(parametersOf(asking), reach, sceneFor(asking), seen)),
    ask: async (asking) => {
      const [parameters, scene] = [parametersOf(asking), sceneFor(asking)];
      for (let times = 0; times < 10; times += 1) {
        const seen = await take.look(parameters, reach, scene);
        const verdict = take.judge(seen, parameters, scene);
        if (verdict.kind !== 'needed') {
          const note = verdict.kind === 'impossible' ? verdict.reason.sentence : (verdict.note ?? '');
          return { words: inWords(verdict, scene.now), note, verdict };
        }
        await take.act(parameters, reach, scene, seen);
      }
      throw new Error('asks for ever');
    },
    giveBack: async (asking, undoing) => {
      const back = undoing === undefined ? moveOf('return-slot') : moveOf('take-slot', 'undo');
      const whole = parametersOf(asking);
      const also = ((whole['also'] ?? []) as { pool: string }[]).map(({ pool }) => pool);
      const parameters = undoing === undefined ? { pool: whole['pool'], also } : whole;
      const reason =
        undoing === undefined
          ? {}
          : { undoing: { then: 'undone' as const, reason: { code: undoing, sentence: undoing } } };
      const scene = { ...sceneFor(asking), ...reason };
      for (let times = 0; times < 10; times += 1) {
        const seen = await back.look(parameters, reach, scene);
        if (back.judge(seen, parameters, scene).kind !== 'needed') return;
        await back.act(parameters, reach, scene, seen);
      }
    },
  };
  return world;
}

function cloudOf(members: PoolWorld['members'], firing: readonly string[], world: () => PoolWorld) {
  const counted = <T>(value: T): T => {
    world().calls += 1;
    return value;
  };
  const stateOf = (id: string) => {
    const { zone, status } = members.get(id) ?? { zone: 'h', status: 'Running' };
    return instanceThatIs(status, { id, zone });
  };
  return {
    instances: {
      withTags: async ({ pool = '' }: Record<string, string>) =>
        counted([...members].filter(([, { tags }]) => tags.includes(pool)).map(([id]) => stateOf(id))),
      get: async (id: string) => counted(members.has(id) ? stateOf(id) : undefined),
    },
    traffic: {
      survey: async () =>
        counted(
          [...members].map(([id, { weight, group = 'g' }]) => ({
            instanceId: id,
            group,
            key: id,
            weight,
            health: 'normal',
          })),
        ),
    },
    alarms: { firing: async () => counted({ firing, unknown: [] }) },
    events: { get: async () => counted(eventThatIs(world().event.status)) },
  };
}
