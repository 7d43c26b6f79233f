import { iamDifferencesOf } from '../iam/difference';
import type { Statement } from '../../iam';
import { widenedBy } from '../iam/wider';
import type { Found, ReviewRule } from '../rule';
import { names, say, type Sentence } from '../sentence';

/** An IAM policy allows more actions, on more resources, or under fewer conditions. */
export const iamPermissions: ReviewRule = {
  id: 'iam-permissions',
  severity: 'high',
  reason:
    'Whoever holds it can do this in AWS from the apply on; of Vault’s identity, whoever rules Vault can.',
  find: ({ plan }) =>
    iamDifferencesOf(plan)
      .filter(({ kind }) => kind === 'permissions')
      .flatMap((difference): Found[] => {
        const { address, of, readable, removed } = difference;
        if (!readable) {
          return [
            {
              sentence: say`${of} can't be read: its document is hidden, or no IAM policy`,
              addresses: [address],
            },
          ];
        }
        const isNew = plan.changes.some(
          (change) => change.address === address && change.before === undefined,
        );
        return widenedBy(difference).map((statement) => ({
          severity: severityOf(statement, isNew),
          sentence: removed.includes(statement)
            ? say`${of} no longer denies ${describe(statement)}`
            : say`${of} allows ${describe(statement)}`,
          addresses: [address],
        }));
      }),
};

function describe({ actions, resources, conditions }: Statement): Sentence {
  return say`${names(actions)} on ${names(resources)}${conditions === '' ? [] : say` where ${conditions}`}`;
}

/** Actions that give whatever else one wants. */
const GIVES_MORE = /^(?:\*|iam:\*|iam:(?:Create|Put|Attach|Update|Add|Set|Pass)\w*|sts:AssumeRole|sts:\*)$/i;

function severityOf({ actions, resources }: Statement, isNew: boolean): Found['severity'] {
  const everything = resources.includes('*');
  if (everything && actions.some((action) => GIVES_MORE.test(action) || action.startsWith('all but '))) {
    return 'critical';
  }
  // Looking up is what the method needs; a policy of its own for that is not worth a stop.
  return isNew && actions.every((action) => /^(?:iam:(?:Get|List)|ec2:Describe|sts:Get)\w+$/.test(action))
    ? 'low'
    : 'high';
}
