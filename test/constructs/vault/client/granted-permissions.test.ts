import type { TerraformStack } from 'cdktf';
import { type AwsTask, VaultIamUser } from '../../../../lib/constructs/aws';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  StsRole,
} from '../../../../lib/constructs/vault';
import { warningsOf } from '../../../support/stack';

const ROLE = 'arn:aws:iam::222222222222:role/vault-looks-up';

/** What is warned of if a mount needs look-ups of roles, in Vault's own account and in another. */
const warningsWith = (client: (stack: TerraformStack, mount: AwsAuthMount) => void) =>
  warningsOf((stack) => {
    const mount = new AwsAuthMount(stack, 'mount');
    client(stack, mount);
    new StsRole(stack, 'sts', { mount, accountId: '222222222222', roleArn: ROLE });
    new IamAuthRole(stack, 'role', {
      mount,
      roleName: 'app',
      boundPrincipals: [
        BoundPrincipal.role('app'),
        // Looked up with the role of that account, so Vault's own credentials need nothing for it.
        BoundPrincipal.arn('arn:aws:iam::222222222222:user/app'),
      ],
    });
  }).filter((warning) => warning.includes('features-lacking'));

const ALL: AwsTask[] = ['look-up-roles', { assumeRole: ROLE }];

/** A client whose credentials are another app's. */
const ambient = (grantedPermissions?: AwsTask[]) =>
  warningsWith(
    (stack, mount) =>
      new AwsAuthClient(stack, 'client', { mount, credentials: { ambient: true }, grantedPermissions }),
  );

/** A client with a user of this app, which was given a list. */
const ofUser = (permissionsFor: AwsTask[]) =>
  warningsWith((stack, mount) => {
    const { credentials } = new VaultIamUser(stack, 'user', { permissionsFor });
    new AwsAuthClient(stack, 'client', { mount, credentials });
  });

const LACKING = (what: string) => [
  `[stack/client] features-lacking: permissionsFor: the list that Vault's credentials were given does not have all that the roles on the mount need, so logins or writes fail; lacking ${what}`,
];

describe('a list that lacks what a role needs is warned of', () => {
  test.each<[string, AwsTask[], string]>([
    ['all', [], `look-up-roles, assumeRole ${ROLE}`],
    ['the look-up', ['look-up-users', { assumeRole: ROLE }], 'look-up-roles'],
    ['the other account', ['look-up-roles'], `assumeRole ${ROLE}`],
  ])('%s', (_, permissionsFor, what) => {
    expect(ambient(permissionsFor)).toEqual(LACKING(what));
    expect(ofUser(permissionsFor)).toEqual(LACKING(what));
  });
});

test('a list that has all of them is not warned of', () => {
  expect(ambient(ALL)).toEqual([]);
  expect(ofUser([...ALL, 'look-up-users'])).toEqual([]);
});

test('without a list nothing is compared', () => {
  expect(ambient()).toEqual([]);
});
