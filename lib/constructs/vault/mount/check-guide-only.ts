import type { MountedRole } from './mounted';

/** What a mount with guideOnly must not have: it writes what the guide writes, and nothing else. */
export function checkGuideOnly(
  props: { readonly tune?: object; readonly identity?: object },
  roles: readonly MountedRole[],
): string[] {
  const given = (['tune', 'identity'] as const).filter((name) => props[name] !== undefined);
  return [
    ...given.map((name) => `${name}: a mount with guideOnly has none, leave out 'guideOnly'; got both`),
    ...roles
      .filter(({ kind }) => kind !== 'iam')
      .map(
        ({ construct }) =>
          `a mount with guideOnly takes roles of type iam without inference only, leave out 'guideOnly'; got '${construct.node.path}'`,
      ),
  ];
}
