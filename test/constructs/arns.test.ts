import { TerraformStack } from 'cdktf';
import { renderKubernetes } from '../../lib/agent/kubernetes';
import { trustedAccount, VaultIamRole, VaultLookUpRole } from '../../lib/constructs/aws';
import { useAws } from '../../lib/constructs/stacks';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  InferredAuthRole,
  StsRole,
} from '../../lib/constructs/vault';
import { parsePrincipal } from '../../lib/iam';
import { NO_ROLES, ROLE_PREFIXES, ROLES } from '../iam/arns';
import { problemsOf, regionFor } from '../support/stack';

/** Everything that takes the ARN of a role. @returns whether it takes this one */
const TAKERS: Readonly<Record<string, (arn: string) => boolean>> = {
  'a bound principal': (arn) =>
    valid(arn, (stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals: [BoundPrincipal.arn(arn)] });
    }),
  'the role of instances': (arn) =>
    valid(arn, (stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      const inferredRegion = regionFor(arn);
      new InferredAuthRole(stack, 'role', {
        mount,
        roleName: 'app',
        inferredRegion,
        boundIamRoleArns: [arn],
      });
    }),
  'the role of an STS role': (roleArn) =>
    valid(roleArn, (stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      new StsRole(stack, 'sts', { mount, accountId: '123456789012', roleArn });
    }),
  "Vault's own role": (roleArn) =>
    valid(roleArn, (stack) => void new VaultIamRole(stack, 'own', { permissionsFor: [], roleArn })),
  'a principal that a role trusts': (principalArn) =>
    valid(
      principalArn,
      (stack) => void new VaultIamRole(stack, 'own', { permissionsFor: [], trusted: [{ principalArn }] }),
    ),
  "Vault's identity": (vaultIdentityArn) =>
    valid(vaultIdentityArn, (stack) => {
      const account = trustedAccount({
        accountId: '222222222222',
        partition: vaultIdentityArn.split(':')[1],
      });
      new VaultLookUpRole(stack, 'role', { account, vaultIdentityArn, permissionsFor: ['look-up-roles'] });
    }),
  'the role of an identity token': (roleArn) =>
    valid(roleArn, (stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      const credentials = { identityToken: { audience: 'vault', roleArn } };
      new AwsAuthClient(stack, 'client', { mount, credentials, useStsRegionFromClient: true });
    }),
  'the role that Terraform assumes': (assumeRoleArn) =>
    valid(assumeRoleArn, (stack) => useAws(new TerraformStack(stack.node.root, 'other'), { assumeRoleArn })),
  'the role of pods': (iamRoleArn) =>
    !throws(() =>
      renderKubernetes(
        {
          vault: { address: 'https://vault.example.com:8200' },
          autoAuth: { method: { mountPath: 'auth/aws', type: 'iam', role: 'app' }, sinks: [] },
        },
        { iamRoleArn },
      ),
    ),
  'a principal that is asked about': (arn) => !throws(() => parsePrincipal(arn)),
};

/** @param arn of the partition that the stack is in */
function valid(arn: string, build: (stack: TerraformStack) => void): boolean {
  return problemsOf(build, regionFor(arn)).length === 0;
}

function throws(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}

/** A session is a principal, too, and no role; and a trust policy can name an account. */
const ALSO_TAKEN: Readonly<Record<string, string>> = {
  'a principal that is asked about': 'arn:aws:sts::123456789012:assumed-role/app/session',
  'a principal that a role trusts': 'arn:aws:iam::123456789012:root',
};

describe.each(Object.entries(TAKERS))('%s', (taker, takes) => {
  test('is taken if AWS can have such a role, and refused otherwise', () => {
    const wildcard = taker === 'a bound principal' || taker === 'the role of instances';
    const bad = NO_ROLES.filter((arn) => ALSO_TAKEN[taker] !== arn);

    expect(ROLES.filter((arn) => !takes(arn))).toEqual([]);
    expect(bad.filter(takes)).toEqual([]);
    expect(ROLE_PREFIXES.filter(takes)).toEqual(wildcard ? ROLE_PREFIXES : []);
  });
});
