import type { TerraformElement, TerraformStack } from 'cdktf';
import { VaultIamUser } from '../../lib/constructs/aws';
import {
  AwsAuthClient,
  AwsAuthMount,
  AwsCertificate,
  BoundPrincipal,
  Ec2AuthRole,
  IamAuthRole,
  StsRole,
} from '../../lib/constructs/vault';
import { problemsOf, synthesize } from '../support/stack';
import { EXAMPLES } from './support/tables';

/** A method, with a construct by each name. */
function declare(stack: TerraformStack) {
  const mount = new AwsAuthMount(stack, 'the_mount');
  const { pem } = EXAMPLES.find(({ type }) => type === AwsCertificate)!.props;
  const role = new Ec2AuthRole(stack, 'the_ec2', {
    mount,
    roleName: 'web',
    boundAmiIds: ['ami-01234567'],
  });
  const user = new VaultIamUser(stack, 'vault_user', { permissionsFor: mount });
  return [
    mount,
    new AwsAuthClient(stack, 'the_client', { mount, credentials: user.credentials }),
    new StsRole(stack, 'the_sts', {
      mount,
      accountId: '222222222222',
      roleArn: 'arn:aws:iam::222222222222:role/app',
    }),
    new IamAuthRole(stack, 'the_role', {
      mount,
      roleName: 'app',
      boundPrincipals: [BoundPrincipal.user('a')],
    }),
    role,
    new AwsCertificate(stack, 'the_certificate', { mount, certificateName: 'a', pem: pem as string }),
  ];
}
const resourceOf = (construct: { node: { defaultChild?: unknown } }) =>
  construct.node.defaultChild as TerraformElement;

test('the logical IDs of our resources may be overridden, and every reference follows', () => {
  const before = JSON.stringify(synthesize((stack) => void declare(stack)));
  const after = JSON.stringify(
    synthesize((stack) => {
      for (const construct of declare(stack)) {
        const id = construct.node.id.replace('the_', 'own_');
        resourceOf(construct).overrideLogicalId(id);
      }
    }),
  );

  // In the same places, the order of keys aside.
  const ids = (text: string, prefix: string) =>
    [...text.matchAll(new RegExp(`\\b${prefix}_\\w+`, 'g'))].map(([id]) => id.slice(prefix.length)).sort();
  expect(ids(after, 'own')).toEqual(ids(before, 'the').filter((id) => !/_[0-9A-F]{8}$/.test(id)));
});

test('an ID that is overridden after it was used is reported', () => {
  const problems = problemsOf((stack) => {
    const [mount, , , role] = declare(stack);
    void (role as IamAuthRole).roleName;
    resourceOf(role!).overrideLogicalId('late');
    resourceOf(mount!).overrideLogicalId('in_time');
  });

  expect(problems.filter((problem) => problem.includes('overrideLogicalId'))).toEqual([
    expect.stringMatching(
      /^\[stack\] overrideLogicalId of 'stack\/the_role\/Default': came after .*; got 'late' after 'the_role'$/,
    ),
  ]);
});
