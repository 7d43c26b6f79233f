import { arnParts } from '../../../iam';
import { IDENTIFIERS } from '../../aws';
import {
  type Field,
  listOf,
  matching,
  notEmpty,
  optional,
  type Rows,
  type ValueRule,
  type Warning,
} from '../../checks';
import { accountsOfAll, type LookUpAccount, type LookUpIn } from '../mount/look-up-accounts';

/**
 * Which EC2 instances may log in: an instance must meet each list that is given, by any of its entries.
 *
 * Source: `verifyInstanceMeetsRoleRequirements` in `builtin/credential/aws/path_login.go` of Vault (1.21.1).
 */
export interface InstanceBinds {
  /** AMIs that the instance was started from: `ami-…`. @default any */
  readonly boundAmiIds?: readonly string[];

  /** Accounts that the instance is in, 12 digits each. @default any whose instances Vault can look up */
  readonly boundAccountIds?: readonly string[];

  /** VPCs that the instance is in: `vpc-…`. @default any */
  readonly boundVpcIds?: readonly string[];

  /** Subnets that the instance is in: `subnet-…`. @default any */
  readonly boundSubnetIds?: readonly string[];

  /** ARNs of the IAM roles in the instance's profile; a `*` at the end matches any suffix. @default any */
  readonly boundIamRoleArns?: readonly string[];

  /** ARNs of the instance's profile; a `*` at the end matches any suffix. @default any, and none */
  readonly boundInstanceProfileArns?: readonly string[];

  /** Single instances: `i-…`. @default any */
  readonly boundInstanceIds?: readonly string[];
}

/** The binds of a role of type ec2, whose document names the region too. */
export interface Ec2Binds extends InstanceBinds {
  /** Regions that the instance is in. @default any */
  readonly boundRegions?: readonly string[];
}

/** A list that may be left out or empty at synth. A reference must not turn out empty at the apply. */
function bind(rule: ValueRule): Field {
  const list = listOf(matching(rule));
  const { atApply } = notEmpty(list, 'must not be empty, because every instance would meet it; got none');
  return optional({ ...list, atApply });
}

/** What the lists must be. */
export const INSTANCE: Rows<InstanceBinds> = {
  boundAmiIds: bind(IDENTIFIERS.amiId),
  boundAccountIds: bind(IDENTIFIERS.accountId),
  boundVpcIds: bind(IDENTIFIERS.vpcId),
  boundSubnetIds: bind(IDENTIFIERS.subnetId),
  boundIamRoleArns: bind(IDENTIFIERS.roleArnOrPrefix),
  boundInstanceProfileArns: bind(IDENTIFIERS.instanceProfileArn),
  boundInstanceIds: bind(IDENTIFIERS.instanceId),
};
export const EC2: Rows<Ec2Binds> = { ...INSTANCE, boundRegions: bind(IDENTIFIERS.region) };

/** Lists that have another name in the provider. */
const FIELDS: Readonly<Record<string, string>> = {
  boundInstanceProfileArns: 'boundIamInstanceProfileArns',
  boundInstanceIds: 'boundEc2InstanceIds',
};

/** What the bound instances mean for a role. */
export interface BoundInstances {
  /** Names of the lists that are given and not empty. */
  readonly fieldsSet: readonly string[];
  /** The same lists as the provider takes them. */
  readonly fields: Readonly<Record<string, string[]>>;
  readonly lookUps: readonly LookUpIn[];
  readonly warnings: () => Warning[];
}

/**
 * Binds a role to instances.
 *
 * @param principals the accounts of the principals that the caller must be one of @default any
 */
export function bindInstances(binds: Ec2Binds, principals?: readonly LookUpAccount[]): BoundInstances {
  const lists = Object.keys(EC2).flatMap((name) => {
    const values = binds[name as keyof Ec2Binds] ?? [];
    return values.length > 0 ? [{ name, values: [...values] }] : [];
  });
  const accounts = accountsOfAll([
    principals,
    given(binds.boundAccountIds),
    // The profile of an instance and the role in it are of the instance's account.
    accountsOfArns(binds.boundIamRoleArns),
    accountsOfArns(binds.boundInstanceProfileArns),
  ]);
  return {
    fieldsSet: lists.map(({ name }) => name),
    fields: Object.fromEntries(lists.map(({ name, values }) => [FIELDS[name] ?? name, values])),
    lookUps: [
      { lookUp: 'describe-instances', accounts },
      ...(binds.boundIamRoleArns?.length ? [{ lookUp: 'read-instance-profiles' as const, accounts }] : []),
    ],
    warnings: () => [...warnOfAllInstances(lists), ...warnOfPrefixes(lists)],
  };
}

/** An empty list limits nothing. */
function given<T>(list: readonly T[] = []): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function accountsOfArns(arns?: readonly string[]): readonly string[] | undefined {
  const accounts = (arns ?? []).map((arn) => arnParts(arn).accountId);
  return accounts.includes('') ? undefined : given(accounts);
}

/** Lists that only say where an instance is, not which. */
function warnOfAllInstances(lists: readonly { name: string; values: readonly string[] }[]): Warning[] {
  const wide = ['boundAccountIds', 'boundRegions'];
  return lists.every(({ name }) => wide.includes(name))
    ? lists.map(({ name, values }) => ({
        id: 'bind-all-instances',
        message: `${name}: every instance there may log in, no matter who starts it; got ${values.join(', ')}`,
      }))
    : [];
}

/** Wildcards in ARNs of instance profiles and their roles. */
function warnOfPrefixes(lists: readonly { name: string; values: readonly string[] }[]): Warning[] {
  return lists.flatMap(({ name, values }) =>
    values
      .filter((value) => value.endsWith('*'))
      .map((value) => ({
        id: 'bind-wildcard' as const,
        message: `${name}: anyone who may make an IAM role or instance profile with a matching name may log in; got '${value}'`,
      })),
  );
}

/** What is wrong with a role that nobody is bound to. @param fieldsSet the lists that are given */
export function checkBound(fieldsSet: readonly string[]): string[] {
  return fieldsSet.length > 0
    ? []
    : [
        'bound…: at least one of the binds is needed, because Vault refuses a role that nobody is bound to; got none',
      ];
}
