import { TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { UniqueNames } from '../checks';

type Kind = 'user' | 'role' | 'policy';

const namesOf = new WeakMap<TerraformStack, Map<Kind, UniqueNames>>();

/**
 * Claims names of IAM for a construct: AWS refuses a second user, role or policy of a name in the middle of an apply.
 * It takes upper and lower case for the same.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function claimIamNames(owner: Construct, names: Readonly<Partial<Record<Kind, string>>>): void {
  const stack = TerraformStack.of(owner);
  const ofStack = namesOf.get(stack) ?? new Map<Kind, UniqueNames>();
  namesOf.set(stack, ofStack);
  for (const [kind, name] of Object.entries(names) as [Kind, string][]) {
    const ofKind = ofStack.get(kind) ?? new UniqueNames(`IAM ${kind}`, 'and AWS would refuse the second one');
    ofStack.set(kind, ofKind);
    ofKind.claim(Token.isUnresolved(name) ? name : name.toLowerCase(), owner);
  }
}
