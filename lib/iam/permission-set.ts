const RESERVED_PATH = 'aws-reserved/sso.amazonaws.com/';

/**
 * The path of the roles that IAM Identity Center makes.
 *
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html, which names the
 * exception of us-east-1.
 */
export function reservedPath(region: string): string {
  return `${RESERVED_PATH}${region === 'us-east-1' ? '' : `${region}/`}`;
}

/**
 * How a wildcard for roles of IAM Identity Center misses them: it has not their path, or only that of us-east-1.
 *
 * @param name the path and the beginning of the name, with its `*`
 */
export function missedRoles(name: string): 'all' | 'all but those of us-east-1' | undefined {
  const [, path = '', prefix = ''] = /^(.*\/)?([^/]*)\*$/.exec(name) ?? [];
  if (!prefix.startsWith('AWSReservedSSO_')) {
    return undefined;
  }
  if (!path.startsWith(RESERVED_PATH)) {
    return 'all';
  }
  return path === RESERVED_PATH ? 'all but those of us-east-1' : undefined;
}

/** What the name of a permission set's role begins with; 16 hexadecimal digits follow. */
export function reservedRolePrefix(permissionSet: string): string {
  return `AWSReservedSSO_${permissionSet}_`;
}

/** The region in the path of a permission set's role; undefined for any other ARN, and for us-east-1. */
export function regionOfReserved(arn: string): string | undefined {
  return /:role\/aws-reserved\/sso\.amazonaws\.com\/([a-z]+(?:-[a-z]+)+-\d+)\//.exec(arn)?.[1];
}

const RESERVED = /^aws-reserved\/sso\.amazonaws\.com\/(?:[^/]+\/)?AWSReservedSSO_(.+?)_?\*?$/;

/**
 * The permission set whose role a bind is for; undefined if it is for none.
 *
 * @param name the role's path and name, or what they begin with and `*`
 */
export function permissionSetOf(name: string): string | undefined {
  return RESERVED.exec(name)?.[1];
}
