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

/** Four ways to say what a login may do: by engine, by who asks, by parameter, and by a file that is there. */
export class PoliciesStack extends TerraformStack {
  constructor(scope: Construct, id: string, { awsEndpoints, operators }: PoliciesStackProps) {
    super(scope, id);
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', {
      path: 'aws_policies',
      // Each principal is an entity of its own: only then may a policy build on what the login says of it.
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
      // By engine: the helpers know each engine's paths.
      new VaultPolicy(this, 'reader', {
        policyName: 'reader',
        rules: combineRules(
          kv2.read('secret', 'shared/*'),
          kv2.list('secret', 'shared/*'),
          transit.encrypt('transit', 'mail'),
        ),
      }),

      // By who asks: each principal has a folder of its own, and its account has one.
      new VaultPolicy(this, 'own', {
        policyName: 'own-folder',
        rules: combineRules(
          kv2.read('secret', `people/${entity.id}/*`),
          kv2.write('secret', `people/${entity.id}/*`),
          kv2.read('secret', `accounts/${mount.iamAliasMetadata.template('account_id')}/*`),
        ),
      }),

      // By parameter: a database role's password for at most an hour, and only wrapped.
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

      // By a file that is there: it goes to Vault as it stands.
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
