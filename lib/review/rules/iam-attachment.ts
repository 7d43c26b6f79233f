import { isManagedByAws } from '../../iam';
import {
  hasUnknown,
  type Plan,
  referencesOf,
  type Resource,
  textOf,
  textsOf,
  type Value,
} from '../../terraform';
import type { Found, ReviewRule } from '../rule';
import { say, type Sentence } from '../sentence';

const HOLDERS = new Map(
  Object.entries({
    aws_iam_user_policy_attachment: 'user',
    aws_iam_role_policy_attachment: 'role',
    aws_iam_group_policy_attachment: 'group',
  }),
);

/** They list all attached policies of a principal, and detach every other one. */
const HOLDERS_OF_ALL = new Map(
  Object.entries({
    aws_iam_user_policy_attachments_exclusive: 'user',
    aws_iam_role_policy_attachments_exclusive: 'role',
    aws_iam_group_policy_attachments_exclusive: 'group',
  }),
);

/** An IAM principal gets or loses a managed policy. */
export const iamAttachment: ReviewRule = {
  id: 'iam-attachment',
  severity: 'medium',
  reason: 'It may do all that the policy allows, now and after later changes of the policy.',
  find: ({ plan }) =>
    plan.changes.flatMap(({ type, address, action, before, after }): Found[] => {
      if (action === 'no-op') {
        return [];
      }
      const [had, has] = [attachedBy(type, before, plan), attachedBy(type, after, plan)];
      const key = ({ holder, policy }: Attached) => JSON.stringify([holder, policy]);
      const [old, now] = [had, has].map((all) => new Set(all.map(key)));
      return [
        ...has
          // If the attachment is replaced, the policy is missing only for a moment.
          .filter((each) => !old!.has(key(each)))
          .map(({ holder, policy, severity }) => ({
            severity,
            sentence: say`IAM ${holder} gets the policy ${policy}`,
            addresses: [address],
          })),
        ...had
          .filter((each) => !now!.has(key(each)) && has.every(({ known }) => known))
          .map(({ holder, policy }) => ({
            severity: 'low' as const,
            sentence: say`IAM ${holder} loses the policy ${policy}`,
            addresses: [address],
          })),
      ];
    }),
};

interface Attached {
  readonly holder: Sentence;
  readonly policy: string;
  /** Whether both sides of it are known before the apply. */
  readonly known: boolean;
  readonly severity: Found['severity'];
}

/** Who has which policy through a resource. */
function attachedBy(type: string, resource: Resource | undefined, plan: Plan): Attached[] {
  if (resource === undefined) {
    return [];
  }
  const { values, address } = resource;
  if (type === 'aws_iam_role') {
    const role = textOf(values.name) ?? address;
    return textsOf(values.managed_policy_arns).map((arn) => attached(say`role ${role}`, arn, plan));
  }
  const kind = HOLDERS.get(type);
  if (kind !== undefined) {
    const holder = textOf(values[kind]);
    return [attached(say`${[kind]} ${holder ?? address}`, values.policy_arn, plan, holder !== undefined)];
  }
  const ofAll = HOLDERS_OF_ALL.get(type);
  if (ofAll !== undefined) {
    const { [`${ofAll}_name`]: name, policy_arns: arns } = values;
    const holder = say`${[ofAll]} ${textOf(name) ?? address}`;
    const each = Array.isArray(arns) ? (arns as readonly Value[]) : hasUnknown(arns) ? [arns] : [];
    return each.map((arn) => attached(holder, arn, plan, textOf(name) !== undefined));
  }
  return type === 'aws_iam_policy_attachment'
    ? (['user', 'role', 'group'] as const).flatMap((each) => {
        const holders = values[`${each}s`];
        return [...textsOf(holders), ...(hasUnknown(holders) ? ['known after apply'] : [])].map((name) =>
          attached(say`${[each]} ${name}`, values.policy_arn, plan, !hasUnknown(holders)),
        );
      })
    : [];
}

function attached(holder: Sentence, policyArn: Value, plan: Plan, known = true): Attached {
  const arn = textOf(policyArn);
  const made = referencesOf(policyArn)[0]?.replace(/\.arn$/, '');
  const name = plan.changes.find((change) => change.address === made)?.after?.values.name;
  return {
    holder,
    policy: textOf(name) ?? arn ?? made ?? 'known after apply',
    known: known && arn !== undefined,
    severity:
      arn !== undefined && isManagedByAws(arn)
        ? /\/(?:Administrator|PowerUser|IAMFull)/.test(arn)
          ? 'critical'
          : 'high'
        : // The statements of a policy of this plan have their own findings.
          made
          ? 'low'
          : undefined,
  };
}
