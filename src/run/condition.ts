import type { EventStatus } from '../event/system-event';

/** What steps remember, by their ids. */
type AllFacts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What an earlier step remembered. Without a comparison: that it remembered the key at all. */
interface FactOf {
  readonly step: string;
  readonly key: string;
  readonly above?: number;
  readonly below?: number;
  readonly is?: string | number | boolean;
}

/** Everything that is given must hold. */
interface Predicate {
  readonly eventCode?: readonly string[];
  readonly eventStatus?: readonly EventStatus[];
  readonly hasLocalDisk?: boolean;
  readonly spot?: boolean;
  readonly zone?: readonly string[];
  readonly tag?: Readonly<Record<string, string>>;
  readonly factOf?: FactOf;
}

export interface Condition extends Predicate {
  readonly allOf?: readonly Predicate[];
  readonly anyOf?: readonly Predicate[];
  readonly not?: Predicate;
}

/** What is known by the time of asking. When a plan is made, nothing is remembered yet, and the status may change. */
export interface Known {
  readonly code?: string;
  readonly status?: EventStatus;
  readonly target?: {
    readonly localDisks: number;
    readonly zone: string;
    readonly spot?: boolean;
    readonly tags?: Readonly<Record<string, string>>;
  };
  readonly facts?: AllFacts;
}

/** Whether the condition holds; where that is not known yet, what is left to ask. */
export function resolve(condition: Condition, known: Known): boolean | Condition {
  const { allOf = [], anyOf, not, ...own } = condition;
  const all = [own, ...allOf].map((one) => resolvePredicate(one, known));
  const any = anyOf?.map((one) => resolvePredicate(one, known));
  const denied = not === undefined ? false : resolvePredicate(not, known);
  if (denied === true || all.includes(false) || any?.every((one) => one === false) === true) return false;
  const rest = all.filter((one) => typeof one === 'object');
  const choice = any?.includes(true) === true ? undefined : any?.filter((one) => typeof one === 'object');
  const [only, ...more] = rest;
  const left: Condition = {
    ...(more.length === 0 ? only : { allOf: rest }),
    ...(choice && { anyOf: choice }),
    ...(typeof denied === 'object' && { not: denied }),
  };
  return Object.keys(left).length === 0 ? true : left;
}

/** The condition in words. */
export function sayCondition({ allOf, anyOf, not, ...own }: Condition): string {
  const parts = [
    ...sayPredicate(own),
    ...(allOf ?? []).flatMap(sayPredicate),
    ...(anyOf === undefined ? [] : [`(${anyOf.map((one) => sayPredicate(one).join(' and ')).join(' or ')})`]),
    ...(not === undefined ? [] : [`not (${sayPredicate(not).join(' and ')})`]),
  ];
  return parts.join(' and ');
}

type Key = keyof Predicate;

function resolvePredicate(predicate: Predicate, known: Known): boolean | Predicate {
  const keys = Object.keys(predicate) as Key[];
  const answers = keys.map((key) => [key, answer(predicate, key, known)] as const);
  if (answers.some(([, holds]) => holds === false)) return false;
  const open = answers.flatMap(([key, holds]) => (holds === undefined ? [[key, predicate[key]]] : []));
  return open.length === 0 ? true : (Object.fromEntries(open) as Predicate);
}

/** undefined: not known yet. */
function answer(wanted: Predicate, key: Key, { code, status, target, facts }: Known): boolean | undefined {
  switch (key) {
    case 'eventCode':
      return code === undefined ? undefined : wanted.eventCode?.includes(code);
    case 'eventStatus':
      return status === undefined ? undefined : wanted.eventStatus?.includes(status);
    case 'hasLocalDisk':
      return target && target.localDisks > 0 === wanted.hasLocalDisk;
    case 'spot':
      return target && (target.spot === true) === wanted.spot;
    case 'zone':
      return target && wanted.zone?.includes(target.zone);
    case 'tag':
      return (
        target && Object.entries(wanted.tag ?? {}).every(([name, value]) => carries(target.tags, name, value))
      );
    case 'factOf':
      return facts && wanted.factOf && isSo(facts, wanted.factOf);
    default:
      return key satisfies never;
  }
}

function carries(tags: Readonly<Record<string, string>> = {}, name: string, value: string): boolean {
  return Object.hasOwn(tags, name) && (value === '*' || tags[name] === value);
}

function isSo(facts: AllFacts, { step, key, above, below, is }: FactOf): boolean {
  const fact = facts[step]?.[key];
  if (fact === undefined) return false;
  const number = typeof fact === 'number' ? fact : NaN;
  return (
    (above === undefined || number > above) &&
    (below === undefined || number < below) &&
    (is === undefined || fact === is)
  );
}

function sayPredicate(predicate: Predicate): readonly string[] {
  const { eventCode, eventStatus, hasLocalDisk, spot, zone, tag, factOf } = predicate;
  return [
    ...(eventCode ? [`the event is ${eventCode.join(' or ')}`] : []),
    ...(eventStatus ? [`the event is ${eventStatus.join(' or ')}`] : []),
    ...(hasLocalDisk === undefined ? [] : [`the instance has ${hasLocalDisk ? '' : 'no '}local disks`]),
    ...(spot === undefined ? [] : [`the instance is ${spot ? 'a' : 'no'} spot instance`]),
    ...(zone ? [`its zone is ${zone.join(' or ')}`] : []),
    ...Object.entries(tag ?? {}).map(
      ([name, value]) => `its tag ${name} is ${value === '*' ? 'set' : value}`,
    ),
    ...(factOf ? [sayFact(factOf)] : []),
  ];
}

function sayFact({ step, key, above, below, is }: FactOf): string {
  const comparisons = [
    ...(above === undefined ? [] : [`is above ${above}`]),
    ...(below === undefined ? [] : [`is below ${below}`]),
    ...(is === undefined ? [] : [`is ${String(is)}`]),
  ];
  return `${key} of ${step} ${comparisons.length === 0 ? 'is known' : comparisons.join(' and ')}`;
}
