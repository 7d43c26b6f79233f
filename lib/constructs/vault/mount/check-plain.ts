import type { AwsAuthMountProps, MountedRole } from './aws-auth-mount';

/** What a plain mount has too much of: it writes what the guide writes, and nothing else. */
export function checkPlain(props: AwsAuthMountProps, roles: readonly MountedRole[]): string[] {
  const given = (['tune', 'identity'] as const).filter((name) => props[name] !== undefined);
  return [
    ...given.map((name) => `${name}: a plain mount has none, leave out 'plain'; got both`),
    ...roles
      .filter(({ kind }) => kind !== 'iam')
      .map(
        (role) =>
          `a plain mount takes roles of type iam without inference only, leave out 'plain'; got '${role.node.path}'`,
      ),
  ];
}
