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

  /** Name of the IAM role of the task. It is not the role that starts the task. */
  readonly taskRoleName: string;

  /** The IAM user who has the laptop. */
  readonly userName: string;
}

/**
 * Three agents, each with the credentials of its place: the profile of an instance, the role of a task, the profile of
 * a person. No configuration holds a secret. The mount, role and server ID of each agent come from this stack.
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

    // The agent renews the token, so its TTL can be short. A copy of the token is then valid only for a short time.
    const token = { policies: [policy], tokenTtl: Duration.minutes(20), tokenMaxTtl: Duration.hours(8) };
    const vault = { address: vaultAddress };

    // 1. On EC2. The SDK finds the credentials of the instance profile by itself, and AWS renews them. The type is iam
    // with inference: Vault also checks the instance, and there is no nonce to lose as with type ec2.
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
      // systemd makes the folder. Only the user of the unit can read it.
      sinks: [{ path: '/run/vault-agent/token', mode: 0o600 }],
      // If the app knows nothing of Vault: the secret is a file, which the agent updates when the secret changes.
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
      // A failed login ends the agent. `systemctl status` shows it, and systemd starts the agent again.
      exitOnErr: true,
    });

    // 2. In a container of ECS. The credentials are those of the task role. ECS puts their address into the environment
    // of each container of the task, and so of the agent's container.
    const worker = new IamAuthRole(this, 'worker', {
      mount,
      roleName: 'worker',
      boundPrincipals: [BoundPrincipal.roleFromLookup(taskRoleName)],
      ...token,
    });
    new VaultAgent(this, 'container', {
      role: worker,
      vault,
      // The app asks the agent instead of Vault, at VAULT_ADDR=http://127.0.0.1:8100, and gets no token. The containers
      // of a task share the loopback interface, like those of a pod.
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

    // 3. On a laptop: AWS_PROFILE=… vault agent -config=… The agent reads keys from ~/.aws/credentials. It does not read
    // ~/.aws/config: for a profile with a role or IAM Identity Center, see docs/agent.md.
    const person = new IamAuthRole(this, 'person', {
      mount,
      roleName: 'person',
      boundPrincipals: [BoundPrincipal.userFromLookup(userName)],
      ...token,
    });
    new VaultAgent(this, 'laptop', {
      role: person,
      vault,
      // The file in which the command `vault` looks for its token.
      sinks: [{ path: `/home/${userName}/.vault-token`, mode: 0o600 }],
      // A laptop sleeps and changes its network. The agent should not wait five minutes afterwards.
      maxBackoff: Duration.seconds(30),
    });
  }
}
