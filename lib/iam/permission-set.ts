/**
 * The path of the roles that IAM Identity Center makes.
 *
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html, which names the
 * exception of us-east-1.
 */
export function reservedPath(region: string): string {
  return `aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`;
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
