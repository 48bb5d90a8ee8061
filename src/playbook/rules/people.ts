import * as z from 'zod';
import { Approval } from '../kinds/approval';
import { partOf, textsOf, type Draft, type Drafts, type Rule } from '../draft';
import { suggestName } from '../sentences';

const Group = z.object({ name: z.string(), ramUsers: z.array(z.string()) });
type Group = z.output<typeof Group>;

/** Two groups of people never share a name. */
export const groupsAreUnique: Rule = ({ settings }) =>
  settings.flatMap((draft) => {
    const groups = groupsIn(draft);
    return groups.flatMap(({ group, index }) =>
      groups.some((other) => other.index < index && other.group.name === group.name)
        ? {
            draft,
            path: ['spec', 'people', index, 'name'],
            at: 'value' as const,
            message: `a second group called ${group.name}`,
            suggestion: 'give one of them another name',
          }
        : [],
    );
  });

/** `approval.from` names groups that the settings have. */
export const approversAreKnown: Rule = (drafts) =>
  drafts.playbooks.flatMap((draft) =>
    textsOf(draft, ['spec', 'approval', 'from'])
      .filter(({ text }) => !isKnown(text, drafts))
      .map(({ text, path }) => ({
        draft,
        path,
        at: 'value' as const,
        message: `the settings know no group of people called ${text}`,
        suggestion: suggestName(
          text,
          groupsOf(drafts).map(({ name }) => name),
        ),
      })),
  );

/** Enough people are asked to reach `need`. */
export const enoughAreAsked: Rule = (drafts) =>
  drafts.playbooks.flatMap((draft) => {
    const path = ['spec', 'approval', 'need'];
    const need = partOf(draft, path, Approval.shape.need);
    const from = textsOf(draft, ['spec', 'approval', 'from']).map(({ text }) => text);
    const asked = groupsOf(drafts).filter(({ name }) => from.includes(name));
    if (need === undefined || from.length === 0 || asked.length < new Set(from).size) return [];
    const people = new Set(asked.flatMap(({ ramUsers }) => ramUsers)).size;
    if (need <= people) return [];
    const message = `${need} must say yes, and ${people === 1 ? 'only one is' : `only ${people} are`} asked`;
    return { draft, path, at: 'value', message, suggestion: `write ${people} or less, or ask more people` };
  });

/** Where the settings cannot be read, every name may be in them. */
function isKnown(name: string, drafts: Drafts): boolean {
  if (drafts.settings.length === 0 || drafts.unreadNames.has(name)) return true;
  return groupsOf(drafts).some((group) => group.name === name);
}

function groupsOf({ settings }: Drafts): readonly Group[] {
  return settings.flatMap(groupsIn).map(({ group }) => group);
}

function groupsIn(draft: Draft): readonly { readonly group: Group; readonly index: number }[] {
  const people = partOf(draft, ['spec', 'people'], z.array(z.unknown())) ?? [];
  return people.flatMap((one, index) => {
    const group = Group.safeParse(one);
    return group.success ? [{ group: group.data, index }] : [];
  });
}
