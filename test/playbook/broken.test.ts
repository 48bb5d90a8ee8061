import { readdirSync, readFileSync } from 'node:fs';
import type { Problem } from '../../src/playbook/problem';
import { readConfiguration } from '../../src/playbook/read';
import { context } from './context';
import { exampleFiles } from '../support/configuration';

type Expected = readonly [line: number, path: string, message: string, suggestion: string];

/** Each file has the example's other kinds beside it. Paths are as the file spells them. */
const corpus: readonly (readonly [name: string, problems: readonly Expected[]])[] = [
  ['account-as-number.yml', [[5, 'spec.account.id', 'expected text', 'write "1690700000000030"']]],
  [
    'accounts-unclear.yml',
    [
      [6, 'spec.accounts[0].regions', 'cn-hangzhou stands there twice', 'name it once'],
      [7, 'spec.accounts[1].alias', 'a second account called hub', 'give one of them another alias'],
      [
        7,
        'spec.accounts[1].role',
        'the role is one of account 1690700000000030, not of 2000000000000002',
        'name a role of account 2000000000000002',
      ],
      [
        8,
        'spec.accounts[2].id',
        'neither 1690700000000030 nor 3000000000000003 has a role; only the account in which the functions run needs none',
        'add role: acs:ram::3000000000000003:role/… to the account in which they do not run',
      ],
      [
        8,
        'spec.accounts[2].externalId',
        'an external id without a role to assume',
        'add role, or remove externalId',
      ],
      [
        9,
        'spec.region',
        'region beside accounts: which of them counts?',
        'remove region; the list has it, or should',
      ],
      [15, 'spec.account', 'the settings name no account hubb', 'did you mean hub?'],
      [25, 'spec.region', 'the settings do not name cn-hangzou for account hub', 'did you mean cn-hangzhou?'],
    ],
  ],
  ['alias-to-nowhere.yml', [[13, '', 'the alias *share leads nowhere', 'write the value out in each place']]],
  ['anchor.yml', [[12, '', 'the anchor &share is not allowed', 'write the value out in each place']]],
  [
    'answer-that-is-none.yml',
    [
      [
        19,
        'spec.steps[1].with.action',
        'a restart does not answer SystemMaintenance.Reboot while it is Inquiring',
        'write action: fromEvent or redeploy, or match.states: [Scheduled]',
      ],
      [
        19,
        'spec.steps[1].with.action',
        'a restart does not answer SystemMaintenance.Stop while it is Scheduled',
        'write action: fromEvent',
      ],
      [
        25,
        'spec.steps[3].with.action',
        'with event, what that step found is accepted, and stopStart has no meaning',
        'write action: fromEvent',
      ],
    ],
  ],
  [
    'answer-unknown.yml',
    [
      [
        19,
        'spec.steps[1].with.action',
        'expected one of fromEvent, restart, accept, redeploy, stopStart, wait',
        'write one of fromEvent, restart, accept, redeploy, stopStart, wait',
      ],
    ],
  ],
  ['api-version.yml', [[1, 'apiVersion', 'expected failover/v1', 'write failover/v1']]],
  [
    'approval-by-too-few.yml',
    [
      [
        24,
        'spec.approval.need',
        '3 must say yes, and only 2 are asked',
        'write 2 or less, or ask more people',
      ],
    ],
  ],
  [
    'approval-of-strangers.yml',
    [
      [
        23,
        'spec.approval.from[0]',
        'the settings know no group of people called storefront-lead',
        'did you mean storefront-leads?',
      ],
    ],
  ],
  [
    'approval-unanswered.yml',
    [
      [22, 'spec.approval.when', 'expected one of always, noWindow, outsideCalendar', 'write always'],
      [
        24,
        'spec.approval.noAnswer.then',
        'expected one of hold, proceed, withdraw',
        'write one of hold, proceed, withdraw',
      ],
    ],
  ],
  [
    'backup-in-another-bucket.yml',
    [
      [
        18,
        'spec.steps[1].with.to',
        'the settings keep backups in the bucket failover-backups',
        'write "oss://failover-backups/local-disk/"',
      ],
    ],
  ],
  [
    'backup-misspelt.yml',
    [
      [
        22,
        'spec.steps[2].with.requireBackup',
        'no earlier back-up-data step is called saev',
        'did you mean save?',
      ],
    ],
  ],
  [
    'backup-misspelt-for-disks.yml',
    [
      [
        16,
        'spec.steps[1]',
        'release-disks works by what a backup recorded, and no back-up-data step comes before it',
        'add a back-up-data step',
      ],
      [
        19,
        'spec.steps[2].with.exclude[0]',
        'expected a pattern for the name of a file without its folder, such as "*.tmp": * ? [abc] [!abc]',
        'write a pattern for the name of a file without its folder, such as "*.tmp": * ? [abc] [!abc]',
      ],
      [24, 'spec.steps[4].with.from', 'no earlier back-up-data step is called saev', 'did you mean save?'],
      [25, 'spec.steps[5].with.from', 'no earlier back-up-data step is called drain', 'known: save'],
    ],
  ],
  [
    'backup-of-another-type.yml',
    [[22, 'spec.steps[2].with.requireBackup', 'no earlier back-up-data step is called drain', 'known: save']],
  ],
  [
    'canary-of-nobody.yml',
    [
      [13, 'spec.rollout.canary.first', 'expected at least 1', 'write at least 1'],
      [
        14,
        'spec.rollout.stopAfterFailure',
        'unknown key stopAfterFailure',
        'did you mean stopAfterFailures?',
      ],
    ],
  ],
  [
    'collect-nowhere.yml',
    [
      [
        15,
        'spec.steps[0].with.to',
        'expected an OSS folder such as "oss://failover-backups/local-disk/"',
        'write "oss://failover-backups/diagnostics/"',
      ],
      [15, 'spec.steps[0].with.screenshots', 'unknown key screenshots', 'did you mean screenshot?'],
      [
        25,
        'spec.ladder[0].with.to',
        'expected an OSS folder such as "oss://failover-backups/local-disk/"',
        'write an OSS folder such as "oss://failover-backups/local-disk/"',
      ],
    ],
  ],
  [
    'commit-after-answer.yml',
    [
      [
        19,
        'spec.steps[2]',
        'the step restart answers the event before the commit point',
        'move commit: true to the step restart',
      ],
      [
        23,
        'spec.steps[3].use',
        'the step back brings the traffic back before the commit point',
        'move it behind the step with commit: true',
      ],
    ],
  ],
  [
    'date-the-other-way.yml',
    [
      [
        12,
        'spec.deny[1].dates[0]',
        'expected a date or a range of dates in quotes such as "2027-02-05" or "2027-02-05/2027-02-12"',
        'write a date or a range of dates in quotes such as "2027-02-05" or "2027-02-05/2027-02-12"',
      ],
    ],
  ],
  [
    'dates-backwards.yml',
    [[12, 'spec.deny[1].dates[0]', 'the range ends before it begins', 'write the earlier date first']],
  ],
  ['day-as-text.yml', [[9, 'spec.allow[0].days', 'expected a list', 'write [mon]']]],
  [
    'deny-backwards.yml',
    [[11, 'spec.deny[0].to', 'the range ends before it begins', 'write a later time than in from']],
  ],
  [
    'drain-never-quiet.yml',
    [
      [
        15,
        'spec.steps[0].with.quiet',
        'missing key quiet',
        'add quiet: {activeConnectionsBelow: 5, for: 60s}; only how: lower waits for nothing',
      ],
    ],
  ],
  [
    'drain-to-a-share.yml',
    [
      [
        15,
        'spec.steps[0].with.weight',
        'how: weightZero takes all of the weight',
        'write how: lower, or leave weight out',
      ],
    ],
  ],
  [
    'drain-without-restore.yml',
    [
      [
        14,
        'spec.steps[0].use',
        'the step drain drains the traffic, and no later step brings it back',
        'add a restore-traffic step at the end',
      ],
    ],
  ],
  [
    'duration-as-number.yml',
    [
      [
        11,
        'spec.timing.maxRun',
        'expected a duration such as 90s, 10m, 2h or 3d',
        'write 3600s, if seconds are meant',
      ],
    ],
  ],
  [
    'duration-in-words.yml',
    [[11, 'spec.timing.maxRun', 'expected a duration such as 90s, 10m, 2h or 3d', 'write 60m']],
  ],
  [
    'empty-events.yml',
    [
      [
        6,
        'spec.match.events',
        'expected a list with at least one entry',
        'write a list with at least one entry',
      ],
    ],
  ],
  [
    'event-misspelt.yml',
    [
      [
        6,
        'spec.match.events[0]',
        'no system event has the code SystemMaintenance.Rebot',
        'did you mean SystemMaintenance.Reboot?',
      ],
    ],
  ],
  [
    'finish-before-without-planned.yml',
    [[10, 'spec.timing.finishBefore', 'expected a deadline such as "planned - 2h"', 'write "planned - 2h"']],
  ],
  [
    'group-twice.yml',
    [
      [9, 'spec.people[1].name', 'a second group called storefront-leads', 'give one of them another name'],
      [
        9,
        'spec.people[1].ramUsers[0]',
        'expected the name of a RAM user, such as storefront-lead',
        'write the name of a RAM user, such as storefront-lead',
      ],
    ],
  ],
  [
    'guard-never-lets-out.yml',
    [
      [
        12,
        'spec.guard.minHealthy',
        'minHealthy 100% never lets a member out',
        'write less, such as "75%" (rounded up)',
      ],
    ],
  ],
  [
    'no-account.yml',
    [
      [
        3,
        'spec.accounts',
        'missing key accounts',
        'add accounts: a list, or account: and region: where there is only one',
      ],
    ],
  ],
  [
    'secret-in-clear.yml',
    [
      [
        10,
        'spec.accounts[1].externalId',
        'expected a reference such as "secret:NAME", never the secret itself',
        'write "secret:NAME"; the value belongs into KMS Secrets Manager, or into the environment as FAILOVER_SECRET_NAME',
      ],
    ],
  ],
  [
    'not-while-a-member.yml',
    [
      [
        9,
        'spec.members.notWhile.tags.app',
        'every member has the tag app=storefront: runs would wait for ever',
        'name a tag that another tool puts on an instance only while it works on it',
      ],
    ],
  ],
  [
    'having-misspelt.yml',
    [
      [8, 'spec.match.having.localDisk', 'unknown key localDisk', 'did you mean localDisks?'],
      [
        25,
        'spec.match.having.localDisks',
        'expected one of atLeastOne, none',
        'write one of atLeastOne, none',
      ],
    ],
  ],
  [
    'hard-floor-too-high.yml',
    [
      [
        13,
        'spec.guard.hardFloor',
        'hardFloor 75% is more than minHealthy 50%',
        'write less: where planned work may go, an emergency may go too',
      ],
      [14, 'spec.guard.afterStorm', 'expected a map', 'write a map'],
      [
        15,
        'spec.guard.blockWhile',
        'expected a list with at least one entry',
        'write a list with at least one entry',
      ],
    ],
  ],
  [
    'key-on.yml',
    [[11, '', 'on without quotes is true to a YAML 1.1 reader', 'choose another key, or write "on"']],
  ],
  ['key-twice.yml', [[14, '', 'the key maxOut appears twice in this map', 'keep one of the two']]],
  [
    'ladder-behind-a-call.yml',
    [
      [
        28,
        'spec.ladder[1]',
        'behind call-someone the run holds, and stop-start-instance is never reached',
        'move call-someone to the end',
      ],
    ],
  ],
  [
    'ladder-redeploy-without-backup.yml',
    [
      [
        28,
        'spec.ladder[1]',
        'a redeployment brings local disks back empty, and no step saves what is on them',
        'add a back-up-data step before it, or write unless: {hasLocalDisk: true} or localData: mayBeLost',
      ],
    ],
  ],
  [
    'ladder-restart-too-soon.yml',
    [
      [
        27,
        'spec.ladder[0].after',
        'expected at least 12h, as ECS advises between two restarts',
        'write at least 12h, as ECS advises between two restarts',
      ],
    ],
  ],
  [
    'ladder-strange-rung.yml',
    [
      [27, 'spec.ladder[0].use', 'no step type stop-start-instanc', 'did you mean stop-start-instance?'],
      [28, 'spec.ladder[1].atMost', 'unknown key atMost', 'known: use'],
    ],
  ],
  [
    'ladder-without-proof.yml',
    [
      [
        23,
        'spec.ladder',
        'no step proves that the event is answered, so the ladder is never climbed',
        'add an await-event or a check-health step',
      ],
    ],
  ],
  [
    'later-event-unknown.yml',
    [
      [
        9,
        'spec.steps[1].with.action',
        'an acceptance does not answer ErrorDetected while it is Executing',
        'write action: fromEvent',
      ],
      [
        12,
        'spec.steps[2].with.events[0]',
        'no system event has the code SystemMaintenance.Rebot',
        'did you mean SystemMaintenance.Reboot?',
      ],
      [
        13,
        'spec.steps[3].with.event',
        'no earlier await-event step with events is called newdisk',
        'did you mean new-disk?',
      ],
    ],
  ],
  [
    'limits-in-words.yml',
    [
      [8, 'spec.limits.breaker.failures', 'expected a whole number', 'write a whole number'],
      [8, 'spec.limits.breaker.within', 'expected a duration such as 90s, 10m, 2h or 3d', 'write 1h'],
      [
        9,
        'spec.limits.atemptsPerInstance',
        'unknown key atemptsPerInstance',
        'did you mean attemptsPerInstance?',
      ],
    ],
  ],
  ['list-at-top.yml', [[1, '', 'expected a map', 'begin with apiVersion: failover/v1 and kind:']]],
  ['merge-key.yml', [[11, '', 'the merge key << is not allowed', 'write the keys out in each place']]],
  [
    'lower-then-answer.yml',
    [
      [
        20,
        'spec.steps[2].use',
        'the step restart answers the event while drain leaves the instance its traffic',
        'drain with how: weightZero, or leave the answer to the provider',
      ],
    ],
  ],
  [
    'lower-to-nothing.yml',
    [
      [
        15,
        'spec.steps[0].with.weight',
        'expected a percentage from "1%" to "99%"',
        'write a percentage from "1%" to "99%"',
      ],
    ],
  ],
  [
    'lower-twice.yml',
    [
      [
        18,
        'spec.steps[1].with.how',
        'the step more lowers weights that the step drain has lowered',
        'leave one of the two out',
      ],
    ],
  ],
  [
    'lower-without-weight.yml',
    [
      [
        15,
        'spec.steps[0].with.weight',
        'missing key weight',
        'add weight: the share that is left, such as "10%"',
      ],
    ],
  ],
  [
    'max-out-zero.yml',
    [
      [
        13,
        'spec.guard.maxOut',
        'maxOut 0% comes to 0 members: nobody may ever go out',
        'write 1 or more; to stop all work in this pool, write mode: observe',
      ],
    ],
  ],
  [
    'missing-key.yml',
    [[8, 'spec.timing.maxRun', 'missing key maxRun', 'add maxRun: a duration such as 90s, 10m, 2h or 3d']],
  ],
  ['missing-metadata.yml', [[1, 'metadata', 'missing key metadata', 'add metadata: a map']]],
  ['missing-use.yml', [[13, 'spec.steps[0].use', 'missing key use', 'add use: a step type']]],
  [
    'misspelt-key-with-wrong-value.yml',
    [
      [11, 'spec.timing.maxrun', 'unknown key maxrun', 'did you mean maxRun?'],
      [11, 'spec.timing.maxrun', 'expected a duration such as 90s, 10m, 2h or 3d', 'write 1h'],
    ],
  ],
  ['misspelt-required-key.yml', [[11, 'spec.timing.maxrun', 'unknown key maxrun', 'did you mean maxRun?']]],
  ['month-day-32.yml', [[13, 'spec.deny[2].monthDays[0]', 'expected at most 31', 'write at most 31']]],
  [
    'name-with-blanks.yml',
    [
      [
        4,
        'metadata.name',
        'expected a name of small letters, digits and hyphens, such as web-hangzhou',
        'write a name of small letters, digits and hyphens, such as web-hangzhou',
      ],
    ],
  ],
  [
    'no-commit.yml',
    [[19, 'spec.steps[2]', 'no step has commit: true', 'add commit: true to the step restart']],
  ],
  ['no-kind.yml', [[1, 'kind', 'missing key kind', 'add kind: one of Settings, Pool, Calendar, Playbook']]],
  [
    'no-such-date.yml',
    [[11, 'spec.deny[0].to', 'expected a date and time that exist', 'write a date and time that exist']],
  ],
  ['no-tags.yml', [[8, 'spec.members.tags', 'expected at least one tag', 'write at least one tag']]],
  [
    'octal-number.yml',
    [[13, '', '010 without quotes is 8 to a YAML 1.1 reader', 'write 10, or "010" if the text is meant']],
  ],
  [
    'oss-without-scheme.yml',
    [
      [
        18,
        'spec.steps[1].with.to',
        'expected an OSS folder such as "oss://failover-backups/local-disk/"',
        'write "oss://failover-backups/local-disk/"',
      ],
    ],
  ],
  [
    'oss-without-slash.yml',
    [
      [
        18,
        'spec.steps[1].with.to',
        'expected an OSS folder such as "oss://failover-backups/local-disk/"',
        'write "oss://failover-backups/local-disk/"',
      ],
    ],
  ],
  [
    'path-for-a-shell.yml',
    [
      [
        18,
        'spec.steps[1].with.paths[0]',
        'expected an absolute path without "..", such as /data1/app-state',
        'write an absolute path without "..", such as /data1/app-state',
      ],
    ],
  ],
  [
    'percentage-as-fraction.yml',
    [
      [
        12,
        'spec.guard.minHealthy',
        'expected a percentage in quotes such as "75%", or a whole number of members',
        'write "60%"',
      ],
    ],
  ],
  [
    'percentage-too-large.yml',
    [
      [
        12,
        'spec.guard.minHealthy',
        'expected a percentage in quotes such as "75%", or a whole number of members',
        'write a percentage in quotes such as "75%", or a whole number of members',
      ],
    ],
  ],
  [
    'pool-twice.yml',
    [
      [
        21,
        'metadata.name',
        'a second Pool called web-hangzhou; the first is in pool-twice.yml',
        'give one of them another name',
      ],
    ],
  ],
  ['port-as-text.yml', [[10, 'spec.traffic[0].clb.port', 'expected a whole number', 'write 8443']]],
  [
    'ramp-ends-early.yml',
    [
      [
        25,
        'spec.steps[3].with.ramp',
        'the ramp ends before the full weight is back',
        'end it with {weight: "100%"}',
      ],
    ],
  ],
  [
    'ramp-falls.yml',
    [
      [
        25,
        'spec.steps[3].with.ramp[1].weight',
        'the weights of a ramp must rise',
        'write more than 50% here, or leave the entry out',
      ],
    ],
  ],
  [
    'range-of-no-length.yml',
    [
      [
        9,
        'spec.allow[0].to',
        'the range begins and ends at the same time',
        'write "00:00" and "24:00" for the whole day',
      ],
    ],
  ],
  [
    'region-in-capitals.yml',
    [
      [
        6,
        'spec.region',
        'expected a region as Alibaba Cloud names it, such as cn-hangzhou',
        'write a region as Alibaba Cloud names it, such as cn-hangzhou',
      ],
    ],
  ],
  [
    'redeploy-without-backup.yml',
    [
      [
        19,
        'spec.steps[1].with',
        'answering SystemMaintenance.Reboot brings local disks back empty, and no step saves what is on them',
        'add a back-up-data step before it, or write localData: mayBeLost',
      ],
    ],
  ],
  [
    'relative-path.yml',
    [
      [
        18,
        'spec.steps[1].with.paths[0]',
        'expected an absolute path without "..", such as /data1/app-state',
        'write /data1/app-state',
      ],
    ],
  ],
  [
    'restore-before-commit.yml',
    [
      [
        20,
        'spec.steps[2].use',
        'the step back brings the traffic back before the commit point',
        'move it behind the step with commit: true',
      ],
    ],
  ],
  [
    'restore-without-drain.yml',
    [
      [
        21,
        'spec.steps[2].use',
        'the step back brings back traffic that no earlier step drained',
        'add a drain-traffic step before it, or leave it out',
      ],
    ],
  ],
  [
    'run-too-long.yml',
    [
      [
        11,
        'spec.timing.maxRun',
        '7h never fit: the longest opening of nights in the next 90 days is 6h',
        'write 6h or less, or let the calendar open for longer',
      ],
    ],
  ],
  [
    'condition-misused.yml',
    [
      [16, 'spec.steps[0].when.hasLocalDisks', 'unknown key hasLocalDisks', 'did you mean hasLocalDisk?'],
      [20, 'spec.steps[1].when.factOf.step', 'no earlier step is called sav', 'did you mean save?'],
      [
        20,
        'spec.steps[1].when.eventCode[0]',
        'the playbook does not answer SystemMaintenance.Rebot',
        'did you mean SystemMaintenance.Reboot?',
      ],
      [
        25,
        'spec.steps[2].when',
        'the step restart belongs to every run of the playbook',
        'leave when out, or write a playbook of its own for the other events',
      ],
      [
        29,
        'spec.steps[3].when.anyOf[1].eventStatus[0]',
        'expected one of Inquiring, Scheduled, Executing, Executed, Avoided, Canceled, Failed',
        'write Executing',
      ],
      [33, 'spec.steps[4].when', 'an empty condition', 'say what must hold, or leave it out'],
    ],
  ],
  [
    'let-go-misused.yml',
    [
      [
        6,
        'spec.match.events[0]',
        'no instance goes because of SystemMaintenance.Reboot, and the step gone waits for that',
        'answer Instance:PreemptibleInstanceInterruption alone, and write a playbook of its own for others',
      ],
      [
        16,
        'spec.steps[0].commit',
        'the step drain could not be put back if the instance is not reclaimed after all',
        'leave commit out',
      ],
      [
        18,
        'spec.steps[1].with.wait',
        'expected a duration such as 90s, 10m, 2h or 3d',
        'write a duration such as 90s, 10m, 2h or 3d',
      ],
    ],
  ],
  [
    'script-misused.yml',
    [
      [
        15,
        'spec.steps[0].with',
        'neither script nor run',
        'add script: a file on the instance, or run: lines for its shell',
      ],
      [
        18,
        'spec.steps[1].with.script',
        'script beside run: which of them counts?',
        'leave one of the two out',
      ],
      [
        21,
        'spec.steps[2].with.arguments',
        'arguments beside run: which of them counts?',
        'write the words into run, or use parameters',
      ],
      [
        24,
        'spec.steps[3].with.run',
        'run is read by the shell of the instance, and its first line names a program',
        'leave that line out, or put the file on the instance and name it with script',
      ],
      [27, 'spec.steps[4].with.parameters.my-role', 'my-role is no name of a variable', 'write my_role'],
      [
        27,
        'spec.steps[4].with.parameters.FAILOVER_RUN',
        'FAILOVER_RUN is given to every script already',
        'choose a name that does not begin with FAILOVER_',
      ],
      [
        30,
        'spec.steps[5].with.undo',
        'neither script nor run',
        'add script: a file on the instance, or run: lines for its shell',
      ],
    ],
  ],
  [
    'script-unfit.yml',
    [
      [
        16,
        'spec.steps[0].with.script',
        'expected an absolute path without "..", such as /data1/app-state',
        'write /opt/stop.sh',
      ],
      [17, 'spec.steps[0].with.parameters.port', 'expected text', 'write "8080"'],
      [
        18,
        'spec.steps[0].with.user',
        'expected the name of a user of the instance',
        'write the name of a user of the instance',
      ],
      [19, 'spec.steps[0].with.expect', 'expected at most 255', 'write at most 255'],
      [
        20,
        'spec.steps[0].with.timeout',
        'expected a duration from 10s to 1d, as Cloud Assistant takes it',
        'write a duration from 10s to 1d, as Cloud Assistant takes it',
      ],
    ],
  ],
  [
    'second-settings.yml',
    [[10, 'kind', 'a second Settings document; the first is in second-settings.yml', 'keep one of them']],
  ],
  [
    'soft-drain-and-lower.yml',
    [
      [
        12,
        'spec.timing.softDrain',
        'the step less lowers the weights that softDrain has lowered',
        'leave one of the two out',
      ],
    ],
  ],
  [
    'soft-drain-to-everything.yml',
    [
      [
        12,
        'spec.timing.softDrain.before',
        'expected a duration such as 90s, 10m, 2h or 3d',
        'write 30s, if seconds are meant',
      ],
      [
        12,
        'spec.timing.softDrain.weight',
        'expected a percentage from "1%" to "99%"',
        'write a percentage from "1%" to "99%"',
      ],
    ],
  ],
  [
    'soft-drain-without-drain.yml',
    [
      [
        12,
        'spec.timing.softDrain',
        'weights are lowered ahead of the work, and no step drains the rest',
        'add a drain-traffic step, or leave softDrain out',
      ],
    ],
  ],
  [
    'state-that-is-over.yml',
    [
      [
        7,
        'spec.match.states[0]',
        'expected one of Inquiring, Scheduled, Executing',
        'write one of Inquiring, Scheduled, Executing',
      ],
    ],
  ],
  [
    'step-id-twice.yml',
    [[23, 'spec.steps[3].id', 'a second step called drain', 'give each step its own id']],
  ],
  [
    'strange-health-check.yml',
    [[16, 'spec.health[1].http', 'unknown key http', 'known: instanceStatus, cloudAssistant, loadBalancer']],
  ],
  [
    'strange-key.yml',
    [
      [
        13,
        'spec.guard.cooldown',
        'unknown key cooldown',
        'known: minHealthy, maxOut, maxOutPerZone, allowLast, hardFloor, soakBetween, afterStorm, blockWhile',
      ],
    ],
  ],
  ['strange-kind.yml', [[2, 'kind', 'no kind Fleet', 'known: Settings, Pool, Calendar, Playbook']]],
  [
    'strange-step-type.yml',
    [
      [
        17,
        'spec.steps[1].use',
        'no step type write-poem',
        'known: drain-traffic, back-up-data, answer-event, await-event, check-health, restore-traffic, run-script, let-go, tell-someone, snapshot-disks, release-disks, prepare-disks, restore-data, collect-diagnostics',
      ],
    ],
  ],
  ['tab.yml', [[5, '', 'YAML does not allow tabs as indentation', 'indent with blanks']]],
  ['tag.yml', [[13, '', 'the tag tag:yaml.org,2002:int is not allowed', 'write the plain value']]],
  [
    'time-too-late.yml',
    [
      [
        9,
        'spec.allow[0].to',
        'expected a time of day in quotes such as "02:00" (up to "24:00")',
        'write a time of day in quotes such as "02:00" (up to "24:00")',
      ],
    ],
  ],
  [
    'time-with-one-digit.yml',
    [
      [
        9,
        'spec.allow[0].from',
        'expected a time of day in quotes such as "02:00" (up to "24:00")',
        'write "02:00"',
      ],
    ],
  ],
  [
    'try-again-too-soon.yml',
    [
      [
        12,
        'spec.timing.tryAgain.after',
        'expected at least 12h, as ECS advises between two restarts',
        'write at least 12h, as ECS advises between two restarts',
      ],
    ],
  ],
  [
    'try-again-unseen.yml',
    [
      [
        12,
        'spec.timing.tryAgain',
        'no step shows that a restart left the event pending, so nothing is tried again',
        'add an await-event step',
      ],
    ],
  ],
  [
    'two-answers.yml',
    [
      [
        31,
        'spec.match',
        'answers SystemMaintenance.Reboot (Inquiring) in web-hangzhou at priority 0, and so does restart in two-answers.yml',
        'give one of them a higher priority, such as priority: 10',
      ],
    ],
  ],
  [
    'two-commits.yml',
    [
      [
        22,
        'spec.steps[2].commit',
        'a second commit point; the first is the step save',
        'leave commit: true at one step',
      ],
    ],
  ],
  [
    'two-missing-keys.yml',
    [
      [8, 'spec.timing.calendar', 'missing key calendar', 'add calendar: text'],
      [8, 'spec.timing.maxRun', 'missing key maxRun', 'add maxRun: a duration such as 90s, 10m, 2h or 3d'],
    ],
  ],
  [
    'unclosed-list.yml',
    [
      [
        9,
        '',
        'not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
        'mend this line; what the document means is checked once it parses',
      ],
    ],
  ],
  [
    'undo-after-commit.yml',
    [[25, 'spec.steps[3].onFail', 'from the commit point on nothing is undone', 'write hold or continue']],
  ],
  ['unknown-calendar.yml', [[9, 'spec.timing.calendar', 'no calendar is called weekends', 'known: nights']]],
  [
    'unknown-day.yml',
    [[9, 'spec.allow[0].days[3]', 'expected one of mon, tue, wed, thu, fri, sat, sun', 'write thu']],
  ],
  [
    'unknown-event.yml',
    [
      [
        6,
        'spec.match.events[0]',
        'no system event has the code SystemMaintenance.Restart',
        'did you mean SystemMaintenance.Reboot?',
      ],
    ],
  ],
  [
    'unknown-health-check.yml',
    [[16, 'spec.health[1].loadbalancer', 'unknown key loadbalancer', 'did you mean loadBalancer?']],
  ],
  ['unknown-key-in-deny.yml', [[12, 'spec.deny[1].date', 'unknown key date', 'did you mean dates?']]],
  ['unknown-key-in-step.yml', [[21, 'spec.steps[2].comit', 'unknown key comit', 'did you mean commit?']]],
  [
    'unknown-key-in-with.yml',
    [
      [
        15,
        'spec.steps[0].with.quiet.for',
        'missing key for',
        'add for: a duration such as 90s, 10m, 2h or 3d',
      ],
      [15, 'spec.steps[0].with.quiet.during', 'unknown key during', 'known: activeConnectionsBelow, for, by'],
    ],
  ],
  ['unknown-key.yml', [[13, 'spec.guard.maxOuts', 'unknown key maxOuts', 'did you mean maxOut?']]],
  [
    'unknown-kind.yml',
    [
      [2, 'kind', 'no kind Pol', 'did you mean Pool?'],
      [
        4,
        'metadata.name',
        'a second Pool called web-hangzhou; the first is in playbooks/pools/web-hangzhou.yml',
        'give one of them another name',
      ],
    ],
  ],
  ['unknown-mode.yml', [[4, 'spec.mode', 'expected one of observe, enforce', 'write enforce']]],
  [
    'unknown-on-fail.yml',
    [
      [
        22,
        'spec.steps[2].onFail',
        'expected one of continue, undo, hold',
        'write one of continue, undo, hold',
      ],
    ],
  ],
  [
    'unknown-pool.yml',
    [[7, 'spec.match.pools[0]', 'no pool is called web-hangzou', 'did you mean web-hangzhou?']],
  ],
  [
    'unknown-state.yml',
    [[7, 'spec.match.states[0]', 'expected one of Inquiring, Scheduled, Executing', 'write Scheduled']],
  ],
  [
    'unknown-step-type.yml',
    [[14, 'spec.steps[0].use', 'no step type drain-trafic', 'did you mean drain-traffic?']],
  ],
  ['unknown-traffic.yml', [[10, 'spec.traffic[0].slb', 'unknown key slb', 'did you mean clb?']]],
  [
    'unknown-zone.yml',
    [
      [
        7,
        'spec.zone',
        'expected a time zone as the IANA database names it, such as Asia/Shanghai or UTC',
        'write Asia/Shanghai',
      ],
    ],
  ],
  [
    'unquoted-date.yml',
    [[12, '', '2027-02-05 without quotes is a date to a YAML 1.1 reader', 'write "2027-02-05"']],
  ],
  ['unquoted-time.yml', [[9, '', '02:00 without quotes is 120 to a YAML 1.1 reader', 'write "02:00"']]],
  [
    'warn-in-words.yml',
    [[12, 'spec.timing.warn[0]', 'expected a duration such as 90s, 10m, 2h or 3d', 'write 12h']],
  ],
  [
    'weight-as-number.yml',
    [
      [
        25,
        'spec.steps[3].with.ramp[0].weight',
        'expected a percentage in quotes such as "75%"',
        'write "10%"',
      ],
    ],
  ],
  [
    'word-yes.yml',
    [
      [
        21,
        '',
        'yes without quotes is true to a YAML 1.1 reader',
        'write true, or "yes" if the word is meant',
      ],
    ],
  ],
  [
    'wrong-load-balancer.yml',
    [
      [
        10,
        'spec.traffic[0].clb.loadBalancer',
        'expected the id of a CLB instance, such as lb-bp1web0000001',
        'write the id of a CLB instance, such as lb-bp1web0000001',
      ],
    ],
  ],
  [
    'zone-abbreviated.yml',
    [
      [
        7,
        'spec.zone',
        'expected a time zone as the IANA database names it, such as Asia/Shanghai or UTC',
        'write a time zone as the IANA database names it, such as Asia/Shanghai or UTC',
      ],
    ],
  ],
];

describe('a broken file', () => {
  it.each(corpus)('%s says what is wrong, where, and what would be right', (name, expected) => {
    const problems = readBroken(name);
    expect(problems.map(({ line, path, message, suggestion }) => [line, path, message, suggestion])).toEqual(
      expected,
    );
    expect(problems.every(({ file, severity }) => file === name && severity === 'error')).toBe(true);
  });

  it('is in the table, every one', () => {
    const named = [...corpus.map(([name]) => name), 'empty.yml', 'never-open.yml'];
    expect(readdirSync('test/playbook/broken').sort()).toEqual(named.sort());
  });

  it('that is empty is a warning: the rest still counts', () => {
    const empty = { path: 'empty.yml', text: readFileSync('test/playbook/broken/empty.yml', 'utf8') };
    const { configuration, problems } = readConfiguration([...exampleFiles(), empty], context);
    expect(configuration?.pools).toHaveLength(1);
    expect(problems).toEqual([
      {
        file: 'empty.yml',
        line: 1,
        column: 1,
        path: '',
        found: 'nothing',
        message: 'the file holds no document',
        suggestion: 'write a Settings, Pool, Calendar or Playbook, or remove the file',
        severity: 'warning',
      },
    ]);
  });

  it('of a calendar that never opens is reported at the playbook that uses it', () => {
    expect(readBroken('never-open.yml')).toEqual([
      {
        file: 'playbooks/planned-restart.yml',
        line: 15,
        column: 15,
        path: 'spec.timing.calendar',
        found: 'nights',
        message: 'the calendar nights never opens in the next 90 days',
        suggestion: 'allow more, or deny less',
        severity: 'error',
      },
    ]);
  });

  it('with a secret in it is reported without the secret', () => {
    const problems = readBroken('secret-in-clear.yml');
    expect(problems.map(({ found }) => found)).toEqual(['***']);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('shows the column and the words that stand there', () => {
    expect(readBroken('unknown-zone.yml')).toEqual([
      {
        file: 'unknown-zone.yml',
        line: 7,
        column: 9,
        path: 'spec.zone',
        found: 'Asia/Shangai',
        message: 'expected a time zone as the IANA database names it, such as Asia/Shanghai or UTC',
        suggestion: 'write Asia/Shanghai',
        severity: 'error',
      },
    ]);
  });
});

function readBroken(name: string): readonly Problem[] {
  const text = readFileSync(`test/playbook/broken/${name}`, 'utf8');
  const kinds = [...text.matchAll(/^(?:- )?kind: (\w{3})/gm)].map((match) => match[1] ?? '');
  const others = exampleFiles().filter(
    (file) => !kinds.some((kind) => file.text.includes(`\nkind: ${kind}`)),
  );
  const { configuration, problems } = readConfiguration([...others, { path: name, text }], context);
  expect(configuration).toBeUndefined();
  return problems;
}
