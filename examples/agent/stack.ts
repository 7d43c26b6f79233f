import { Duration } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AwsAuthClient,
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  InferredAuthRole,
  kv2,
  useProviders,
  useStateBackend,
  VaultAgent,
  VaultIamUser,
  VaultPolicy,
} from '../../lib/constructs';
import type { ExampleProps } from '../endpoints';

export interface AgentStackProps extends ExampleProps {
  /** Vault's address as the agents reach it. */
  readonly vaultAddress: string;

  /** The region that the instances run in. */
  readonly region: string;

  /** The VPC that they are in. */
  readonly vpcId: string;

  /** Name of the IAM role in the instances' profile. */
  readonly instanceRoleName: string;

  /** Name of the IAM role of the task, which is not the one that starts it. */
  readonly taskRoleName: string;

  /** Whose laptop it is: an IAM user. */
  readonly userName: string;
}

/**
 * Three agents, each with the credentials that its place has: an instance's profile, a task's role, a person's
 * profile. None has a secret in its configuration, and all have their mount, role and server ID from this stack.
 */
export class AgentStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: AgentStackProps) {
    super(scope, id);
    const { awsEndpoints, vaultAddress, region, vpcId, instanceRoleName, taskRoleName, userName } = props;
    useProviders(this);
    useStateBackend(this, { kind: 'local' });

    const mount = new AwsAuthMount(this, 'mount', { path: 'aws_agent' });
    const vaultUser = new VaultIamUser(this, 'vault_user', {
      permissionsFor: mount,
      userName: 'vault_agent',
      policyName: 'VaultAgent',
    });
    new AwsAuthClient(this, 'client', {
      mount,
      credentials: vaultUser.credentials,
      serverIdHeader: 'vault.example.com',
      endpoints: awsEndpoints,
    });
    const policy = new VaultPolicy(this, 'policy', {
      policyName: 'agent-app',
      rules: kv2.read('secret', 'app'),
    });

    // A token that an agent renews can be short: whoever copies it has it for no longer.
    const token = { policies: [policy], tokenTtl: Duration.minutes(20), tokenMaxTtl: Duration.hours(8) };
    const vault = { address: vaultAddress };

    // 1. On EC2. The SDK finds the credentials of the instance profile by itself, and AWS renews them. Type iam with
    // inference: Vault looks at the instance as well, and there is no nonce to lose as with type ec2.
    const web = new InferredAuthRole(this, 'web', {
      mount,
      roleName: 'web',
      inferredRegion: region,
      boundPrincipals: [BoundPrincipal.roleFromLookup(instanceRoleName)],
      boundVpcIds: [vpcId],
      ...token,
    });
    new VaultAgent(this, 'instance', {
      role: web,
      vault,
      // systemd makes the folder, and only the unit's user can read it.
      sinks: [{ path: '/run/vault-agent/token', mode: 0o600 }],
      // Where the app knows nothing of Vault: the secret as a file, written anew when it changes.
      blocks: [
        {
          type: 'template',
          body: {
            contents: '{{ with secret "secret/data/app" }}WORD={{ .Data.data.word }}\n{{ end }}',
            destination: '/run/vault-agent/app.env',
            perms: '0600',
          },
        },
      ],
      // A failed login ends the agent: it shows in `systemctl status`, and systemd starts it again.
      exitOnErr: true,
    });

    // 2. In a container of ECS. The credentials are the task role's, at an address that ECS puts into the environment
    // of each container of the task: of the agent's too.
    const worker = new IamAuthRole(this, 'worker', {
      mount,
      roleName: 'worker',
      boundPrincipals: [BoundPrincipal.roleFromLookup(taskRoleName)],
      ...token,
    });
    new VaultAgent(this, 'container', {
      role: worker,
      vault,
      // The app asks the agent in place of Vault, at VAULT_ADDR=http://127.0.0.1:8100, and never sees a token:
      // containers of a task, as those of a pod, share the loopback interface.
      sinks: [],
      blocks: [
        { type: 'api_proxy', body: { use_auto_auth_token: true } },
        {
          type: 'listener',
          label: 'tcp',
          body: { address: '127.0.0.1:8100', tls_disable: true, require_request_header: true },
        },
      ],
    });

    // 3. On a laptop: AWS_PROFILE=… vault agent -config=… The agent reads keys from ~/.aws/credentials, and nothing of
    // ~/.aws/config: for a profile with a role or IAM Identity Center see docs/agent.md.
    const person = new IamAuthRole(this, 'person', {
      mount,
      roleName: 'person',
      boundPrincipals: [BoundPrincipal.userFromLookup(userName)],
      ...token,
    });
    new VaultAgent(this, 'laptop', {
      role: person,
      vault,
      // Where the command `vault` looks for its token.
      sinks: [{ path: `/home/${userName}/.vault-token`, mode: 0o600 }],
      // A laptop sleeps and changes its network: no pause of five minutes when it is back.
      maxBackoff: Duration.seconds(30),
    });
  }
}
