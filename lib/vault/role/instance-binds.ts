import type { Precondition } from 'cdktf';
import type { LookUp } from '../../aws';
import type { Warning } from '../../warnings';
import { checkForm, type Form, FORMS, whenKnown } from '../form';

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

/** Each list with its name at the provider and the form of its entries. */
export const INSTANCE_BINDS: Readonly<
  Record<keyof InstanceBinds, { readonly field: string; readonly form: Form }>
> = {
  boundAmiIds: { field: 'boundAmiIds', form: FORMS.amiId },
  boundAccountIds: { field: 'boundAccountIds', form: FORMS.accountId },
  boundVpcIds: { field: 'boundVpcIds', form: FORMS.vpcId },
  boundSubnetIds: { field: 'boundSubnetIds', form: FORMS.subnetId },
  boundIamRoleArns: { field: 'boundIamRoleArns', form: FORMS.roleArnOrPrefix },
  boundInstanceProfileArns: { field: 'boundIamInstanceProfileArns', form: FORMS.instanceProfileArn },
  boundInstanceIds: { field: 'boundEc2InstanceIds', form: FORMS.instanceId },
};

/** A list of a role, by its name in our API. */
export interface BindList {
  readonly name: string;
  readonly form: Form;
  readonly values: readonly string[];
}

/** The lists that are given and not empty, as the provider takes them: by its own names for the fields. */
export function bindFields(binds: InstanceBinds): Record<string, string[]> {
  return Object.fromEntries(
    bindLists(binds).map(({ name, values }) => [
      INSTANCE_BINDS[name as keyof InstanceBinds].field,
      [...values],
    ]),
  );
}

/** The lists that are given and not empty. */
export function bindLists(binds: InstanceBinds): BindList[] {
  return Object.entries(INSTANCE_BINDS).flatMap(([name, { form }]) => {
    const values = binds[name as keyof InstanceBinds] ?? [];
    return values.length > 0 ? [{ name, form, values }] : [];
  });
}

/** What is wrong with the entries of lists; empty where all is well. */
export function checkBindLists(lists: readonly BindList[]): string[] {
  return lists.flatMap(({ name, form, values }) =>
    values.flatMap((value, index) => checkForm(`${name}[${index}]`, form, value)),
  );
}

/** The same for entries that are known only at apply. */
export function whenBindsKnown(lists: readonly BindList[]): Precondition[] {
  return lists.flatMap(({ name, form, values }) =>
    values.flatMap((value, index) => whenKnown(`${name}[${index}]`, form, value)),
  );
}

/** What Vault looks up to judge an instance. */
export function instanceLookUps({ boundIamRoleArns = [] }: InstanceBinds): LookUp[] {
  return boundIamRoleArns.length > 0
    ? ['describe-instances', 'read-instance-profiles']
    : ['describe-instances'];
}

/** Lists that only say where an instance is, not which. */
export function warnOfAllInstances(lists: readonly BindList[]): Warning[] {
  const wide = ['boundAccountIds', 'boundRegions'];
  return lists.length > 0 && lists.every(({ name }) => wide.includes(name))
    ? lists.map(({ name, values }) => ({
        id: 'bind-all-instances',
        message: `${name}: every instance there may log in, whoever starts it; got ${values.join(', ')}`,
      }))
    : [];
}
