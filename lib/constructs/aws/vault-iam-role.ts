import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Fn, type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { BEFORE_NAME, nameOfArn } from '../../iam';
import { checkedBy, checkFields, flag, matching, optional, table } from '../checks';
import { AWS_TASK_SOURCE, type AwsTaskSource, tasksOf } from './aws-tasks';
import { claimIamNames } from './iam-names';
import { IDENTIFIERS } from './identifiers';
import { inAccountOfStack } from './own-stack';
import { checkPartition, ofArn } from './partition';
import { partitionsOfTrusted, TRUSTED, type Trusted, trustPolicyDocument } from './trust';
import { addVaultPolicy } from './vault-iam-policy';

/** Vault's own credentials chain: its environment, its instance profile. Nothing is written. */
export interface AmbientCredentials {
  readonly ambient: true;
  /** What must be there before Vault looks anything up: the attached policy. @default nothing */
  readonly usableAfter?: ITerraformDependable[];
}

interface CommonProps {
  /** What Vault does that needs a permission in AWS: a list, or the mount, which knows it from its roles. */
  readonly permissionsFor: AwsTaskSource;

  /** IAM path of the policy, and of the role that is made; begins and ends with `/`. @default '/' */
  readonly path?: string;

  /** Name of the IAM policy. @default 'VaultAuthRole' */
  readonly policyName?: string;
}

/** A role that is made here. */
export interface NewVaultIamRoleProps extends CommonProps {
  /** Who may assume the role: the service or principal that Vault runs as. */
  readonly trusted: readonly Trusted[];

  /** Name of the IAM role, and of its instance profile. @default 'vault_auth' */
  readonly roleName?: string;

  /** Makes an instance profile for EC2; needs `ec2` among the trusted. @default false */
  readonly instanceProfile?: boolean;

  /** ARN of the policy that bounds what it may ever do. @default none */
  readonly permissionsBoundary?: string;
}

/** A role that is there already, in the account of the stack. Its trust policy stays as it is. */
export interface ExistingVaultIamRoleProps extends CommonProps {
  readonly roleArn: string;
}

const COMMON = {
  permissionsFor: AWS_TASK_SOURCE,
  path: optional(matching(IDENTIFIERS.iamPath)),
  policyName: optional(matching(IDENTIFIERS.policyName)),
};
export const NEW_VAULT_IAM_ROLE = table<NewVaultIamRoleProps>({
  ...COMMON,
  roleName: optional(matching(IDENTIFIERS.roleName)),
  trusted: TRUSTED,
  instanceProfile: optional(flag),
  permissionsBoundary: optional(matching(IDENTIFIERS.policyArn)),
});
/** What only a role that is made has. */
const NEW_ONLY = ['trusted', 'roleName', 'instanceProfile'];
export const EXISTING_VAULT_IAM_ROLE = table<ExistingVaultIamRoleProps>(
  {
    ...COMMON,
    roleArn: matching(IDENTIFIERS.roleArn),
  },
  NEW_ONLY,
);

/**
 * The IAM role that Vault has where it runs, and what it may do: no access key is made, and Vault holds none.
 *
 * Vault finds the role's session in its own environment: an instance profile, a task role, a pod's identity.
 *
 * @example
 * const vaultRole = new VaultIamRole(this, 'vault_role', {
 *   permissionsFor: mount,
 *   trusted: ['ec2'],
 *   instanceProfile: true,
 * });
 */
export class VaultIamRole extends Construct {
  readonly arn: string;

  /** Name of the instance profile, if one was asked for. */
  readonly instanceProfileName?: string;

  readonly credentials: AmbientCredentials;

  constructor(scope: Construct, id: string, props: NewVaultIamRoleProps | ExistingVaultIamRoleProps) {
    super(scope, id);
    const preconditions = checkFields(
      this,
      props,
      'roleArn' in props ? EXISTING_VAULT_IAM_ROLE : NEW_VAULT_IAM_ROLE,
      () => checkWays(props),
    );
    const { permissionsFor, path = '/', policyName = 'VaultAuthRole' } = props;
    claimIamNames(this, { policy: policyName });

    checkPartition(
      this,
      'roleArn' in props ? [ofArn('roleArn', props.roleArn)] : props.trusted.flatMap(partitionsOfTrusted),
    );

    let role: string;
    if ('roleArn' in props) {
      this.arn = props.roleArn;
      role = roleNameOf(props.roleArn);
    } else {
      const { trusted, roleName = 'vault_auth', instanceProfile = false, permissionsBoundary } = props;
      claimIamNames(this, { role: roleName });
      const made = new IamRole(this, 'Default', {
        name: roleName,
        path,
        description: "Vault's AWS auth method, where Vault runs",
        assumeRolePolicy: JSON.stringify(trustPolicyDocument(trusted)),
        permissionsBoundary,
        lifecycle: checkedBy(preconditions),
      });
      this.arn = made.arn;
      role = made.name;
      this.instanceProfileName = instanceProfile
        ? new IamInstanceProfile(this, 'instance_profile', { name: roleName, path, role }).name
        : undefined;
    }
    const policy = addVaultPolicy(this, { tasks: () => tasksOf(permissionsFor), name: policyName, path });
    const attachment = new IamRolePolicyAttachment(this, 'policy_attachment', {
      role,
      policyArn: policy.arn,
      // An existing role is not a resource of the stack.
      lifecycle: 'roleArn' in props ? checkedBy(preconditions) : undefined,
    });
    this.credentials = inAccountOfStack({ ambient: true, usableAfter: [attachment] }, this);
  }
}

function roleNameOf(arn: string): string {
  return Token.isUnresolved(arn) ? Fn.replace(arn, BEFORE_NAME, '') : nameOfArn(arn);
}

function checkWays(props: NewVaultIamRoleProps | ExistingVaultIamRoleProps): string[] {
  if ('roleArn' in props) {
    return NEW_ONLY.filter((name) => (props as object as Record<string, unknown>)[name] !== undefined).map(
      (name) =>
        `${name}: the role is there already, and stays as it is; leave out roleArn or ${name}; got both`,
    );
  }
  return props.instanceProfile && !props.trusted.includes('ec2')
    ? ["instanceProfile: EC2 must be able to assume the role, add 'ec2' to trusted"]
    : [];
}
