import {
  AwsAuthMount,
  type AwsAuthMountProps,
  type IamMetadata,
  VaultPolicy,
} from '../../../../lib/constructs/vault';
import { problemsOf, synthesize } from '../../../support/stack';

const policyOn =
  (identity: AwsAuthMountProps['identity'], ...keys: IamMetadata[]) =>
  (stack: Parameters<Parameters<typeof problemsOf>[0]>[0]) => {
    const mount = new AwsAuthMount(stack, 'mount', { identity });
    new VaultPolicy(stack, 'policy', {
      policyName: 'accounts',
      rules: keys.map((key) => ({
        path: `secret/data/${mount.iamAliasMetadata.template(key)}/*`,
        capabilities: ['read'],
      })),
    });
  };

const shared = (keys: string) =>
  `[stack/mount] identity.iamAlias: with 'role_id' all callers of a role share one alias, with the metadata of the last login, so no policy may use it; set 'unique_id' or another; got templates on ${keys}`;

test('a template names the alias of the mount, whose accessor is known at apply', () => {
  const { resource } = synthesize(policyOn({ iamAlias: 'unique_id' }, 'account_id'));

  expect(resource.vault_policy!.policy!.policy).toContain(
    'path "secret/data/{{identity.entity.aliases.${vault_auth_backend.mount.accessor}.metadata.account_id}}/*"',
  );
});

describe('a policy on the metadata of a login', () => {
  test.each(['unique_id', 'full_arn', 'canonical_arn'] as const)(
    'is taken if each caller has an alias: %s',
    (iamAlias) => {
      expect(problemsOf(policyOn({ iamAlias }, 'account_id'))).toEqual([]);
    },
  );

  test('is refused if all callers of a role share one alias', () => {
    expect(problemsOf(policyOn(undefined, 'auth_type', 'account_id'))).toEqual([
      shared('account_id, auth_type'),
    ]);
    expect(problemsOf(policyOn({ iamAlias: 'role_id' }, 'account_id'))).toEqual([shared('account_id')]);
  });

  test('is found if it is written by hand', () => {
    const problems = problemsOf((stack) => {
      const mount = new AwsAuthMount(stack, 'mount');
      const other = new AwsAuthMount(stack, 'other', { path: 'other', identity: { iamAlias: 'unique_id' } });
      const on = ({ accessor }: AwsAuthMount) => `identity.entity.aliases.${accessor}.metadata`;
      new VaultPolicy(stack, 'policy', {
        policyName: 'accounts',
        rules: [
          {
            path: `a/{{ ${on(mount)}.account_id }}/{{${on(mount)}.client_arn}}/{{${on(other)}.account_id}}`,
            capabilities: ['read'],
          },
        ],
      });
    });

    expect(problems).toEqual([
      shared('account_id, client_arn'),
      "[stack/mount] identity.iamMetadata: a policy has a template on 'client_arn', which the alias must note, or the rule never applies; got account_id, auth_type",
    ]);
  });

  test('is refused if the alias does not note it', () => {
    expect(problemsOf(policyOn({ iamAlias: 'unique_id' }, 'client_arn', 'account_id'))).toEqual([
      "[stack/mount] identity.iamMetadata: a policy has a template on 'client_arn', which the alias must note, or the rule never applies; got account_id, auth_type",
    ]);
  });

  test('is taken if the alias notes it', () => {
    const identity = { iamAlias: 'unique_id', iamMetadata: ['client_arn'] } as const;

    expect(problemsOf(policyOn(identity, 'client_arn'))).toEqual([]);
  });
});

test('a mount may have any alias if no policy uses it', () => {
  expect(problemsOf((stack) => new AwsAuthMount(stack, 'mount', { identity: { iamMetadata: [] } }))).toEqual(
    [],
  );
});
