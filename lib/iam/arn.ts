/** The parts of an ARN. One that the text does not have is empty. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  /** 12 digits for what is of an account; `aws` for what AWS itself manages. */
  readonly accountId: string;
  /** All after the account: `role/NAME`. */
  readonly resource: string;
}

/** The parts between the colons. The resource may contain colons. */
export function arnParts(arn: string): ArnParts {
  const [, partition = '', service = '', , accountId = '', ...resource] = arn.split(':');
  return { partition, service, accountId, resource: resource.join(':') };
}

/** The ARN of something of IAM, whose ARNs have no region. @param resource for example `user/alice` */
export function iamArn(
  { partition, accountId }: Pick<ArnParts, 'partition' | 'accountId'>,
  resource: string,
): string {
  return `arn:${partition}:iam::${accountId}:${resource}`;
}

/** The ARN of a role's session, as AWS names the caller: without the role's path. */
export function sessionArn(
  { partition, accountId }: Pick<ArnParts, 'partition' | 'accountId'>,
  roleName: string,
  session: string,
): string {
  return `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${session}`;
}

/** Whether the ARN is that of a policy that AWS keeps for all accounts, and changes by itself. */
export function isManagedByAws(policyArn: string): boolean {
  return arnParts(policyArn).accountId === 'aws';
}

/** The name alone. AWS and Vault tell things of one kind in one account apart by it, whatever their paths are. */
export function nameOfArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/**
 * All of an ARN before the name, for `replace` of Terraform: {@link nameOfArn} for an ARN that is known at apply.
 */
export const BEFORE_NAME = '/^.*//';

/** A principal's path and what is before it, which is kept as `$1`; for JavaScript and for Terraform alike. */
const PATH = '(:(?:user|role)/).*/';

/**
 * The ARN of a user or role as Vault compares it with a caller's if it does not know the unique ID. The path is left
 * out, because the ARN of a session does not have it either. Any other text stays as it is.
 *
 * Source: `canonicalArn` in `builtin/credential/aws/path_login.go` of Vault (1.21.1).
 */
export function withoutPath(principalArn: string): string {
  return principalArn.replace(new RegExp(PATH), '$1');
}

/** What {@link withoutPath} does, as the arguments of Terraform's `replace`. */
export const WITHOUT_PATH = [`/${PATH}/`, '$1'] as const;
