import { Duration } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  combineRules,
  entity,
  IamAuthRole,
  kv2,
  type PolicyFile,
  transit,
  useProviders,
  useStateBackend,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

export interface PoliciesStackProps extends ExampleProps {
  /** An existing policy, as `readPolicyFile` read it. */
  readonly operators: PolicyFile;
}

/** Four ways to say what a login may do: by engine, by caller, by parameter, and by an existing file. */
export class PoliciesStack extends TerraformStack {
  constructor(scope: Construct, id: string, { awsEndpoints, operators }: PoliciesStackProps) {
    super(scope, id);
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', {
      path: 'aws_policies',
      // Each IAM user is a separate entity. With the default, all callers of a role share one, and its folder.
      identity: { iamAlias: 'unique_id' },
    });
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: 'vault_policies',
      policyName: 'VaultPolicies',
    });
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });

    const policies = [
      // By engine: the functions know the paths of each engine.
      new VaultPolicy(this, 'reader', {
        policyName: 'reader',
        rules: combineRules(
          kv2.read('secret', 'shared/*'),
          kv2.list('secret', 'shared/*'),
          transit.encrypt('transit', 'mail'),
        ),
      }),

      // By caller: each IAM user has a folder, and each account has one.
      new VaultPolicy(this, 'own', {
        policyName: 'own-folder',
        rules: combineRules(
          kv2.read('secret', `people/${entity.id}/*`),
          kv2.write('secret', `people/${entity.id}/*`),
          kv2.read('secret', `accounts/${mount.iamAliasMetadata.template('account_id')}/*`),
        ),
      }),

      // By parameter: the password of a database role, for an hour at most, and only wrapped.
      new VaultPolicy(this, 'database', {
        policyName: 'report-database',
        rules: [
          {
            path: 'database/static-creds/report',
            capabilities: ['read'],
            minWrappingTtl: 60,
            maxWrappingTtl: 3600,
          },
        ],
      }),

      // By an existing file: it goes to Vault unchanged.
      new VaultPolicy(this, 'operators', { policyName: 'operators', file: operators }),
    ];

    new IamAuthRole(this, 'role', {
      mount,
      roleName: 'people',
      boundPrincipals: [BoundPrincipal.allUsers()],
      policies,
      tokenTtl: Duration.hours(1),
      tokenMaxTtl: Duration.hours(8),
      acknowledge: { 'bind-all-principals': 'what each may do depends on who it is' },
    });
  }
}
