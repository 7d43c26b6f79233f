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
    'After the apply every holder can do this in AWS. If Vault holds it, everybody who controls Vault can, too.',
  find: ({ plan }) =>
    iamDifferencesOf(plan)
      .filter(({ kind }) => kind === 'permissions')
      .flatMap((difference): Found[] => {
        const { address, of, readable, removed } = difference;
        if (!readable) {
          return [
            {
              sentence: say`${of} can't be read: its document is hidden, or is no IAM policy`,
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
  return say`${names(actions)} on ${names(resources)}${conditions === '' ? [] : say` if ${conditions}`}`;
}

/** Actions by which their holder can get any other permission. */
const GIVES_MORE = /^(?:\*|iam:\*|iam:(?:Create|Put|Attach|Update|Add|Set|Pass)\w*|sts:AssumeRole|sts:\*)$/i;

function severityOf({ actions, resources }: Statement, isNew: boolean): Found['severity'] {
  const everything = resources.includes('*');
  if (everything && actions.some((action) => GIVES_MORE.test(action) || action.startsWith('all but '))) {
    return 'critical';
  }
  // The method must look principals up: a new policy that allows only this is no reason to stop.
  return isNew && actions.every((action) => /^(?:iam:(?:Get|List)|ec2:Describe|sts:Get)\w+$/.test(action))
    ? 'low'
    : 'high';
}
