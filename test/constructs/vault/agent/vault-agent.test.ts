import { Duration } from 'aws-cdk-lib/core';
import type { TerraformStack } from 'cdktf';
import { renderAgentHcl } from '../../../../lib/agent';
import {
  AwsAuthClient,
  type AwsAuthClientProps,
  AwsAuthMount,
  BoundPrincipal,
  Ec2AuthRole,
  type IamAgentProps,
  IamAuthRole,
  type TokenProps,
  VaultAgent,
} from '../../../../lib/constructs/vault';
import { emptyStack, lateText, problemsOf, synthesize } from '../../../support/stack';
import { testApp } from '../../../support/app';

const sinks = [{ path: '/run/vault-agent/token', mode: 0o600 }];

function iamRole(
  stack: TerraformStack,
  { client = {}, token = {} }: { client?: Partial<AwsAuthClientProps>; token?: TokenProps } = {},
): IamAuthRole {
  const mount = new AwsAuthMount(stack, 'mount', { path: 'aws' });
  const boundPrincipals = [BoundPrincipal.role('app')];
  const role = new IamAuthRole(stack, 'role', { mount, roleName: 'app', boundPrincipals, ...token });
  // After the role: nothing is taken before all is declared.
  const serverIdHeader = 'vault.example.com';
  new AwsAuthClient(stack, 'client', { mount, credentials: { ambient: true }, serverIdHeader, ...client });
  return role;
}

function ec2Role(stack: TerraformStack): Ec2AuthRole {
  const mount = new AwsAuthMount(stack, 'mount', { path: 'aws' });
  return new Ec2AuthRole(stack, 'role', { mount, roleName: 'web', boundAmiIds: ['ami-0123456789abcdef0'] });
}

const SECRETS = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'never-in-a-state' };
const sts = { url: 'https://sts.eu-central-1.amazonaws.com', region: 'eu-central-1' };

function outputOf(build: (stack: TerraformStack) => void) {
  return synthesize(build).output?.agent_app?.value as unknown as {
    config: { autoAuth: { method: Record<string, unknown> }; blocks: { body: { contents: string } }[] };
    target: unknown;
  };
}

describe('an agent of a stack', () => {
  test('has its mount, role, server ID and region, and all else as it was given', () => {
    const stack = emptyStack(testApp());
    const agent = new VaultAgent(stack, 'app', {
      role: iamRole(stack, { client: { endpoints: { sts } } }),
      sinks: [...sinks, { path: '/run/wrapped', wrapTtl: Duration.minutes(5) }],
      credentialPollInterval: Duration.seconds(30),
      enableReauthOnNewCredentials: true,
      minBackoff: Duration.seconds(2),
      maxBackoff: Duration.minutes(1),
      exitOnErr: true,
      namespace: 'team',
      attributes: { pid_file: '/run/agent.pid' },
      vault: { address: 'https://vault.example.com:8200' },
      blocks: [{ type: 'cache', body: {} }],
      ...SECRETS,
    });

    expect(renderAgentHcl(agent.config)).toMatchInlineSnapshot(`
     "pid_file = "/run/agent.pid"

     vault {
       address = "https://vault.example.com:8200"
     }

     auto_auth {
       enable_reauth_on_new_credentials = true
       method {
         type = "aws"
         mount_path = "auth/aws"
         namespace = "team"
         min_backoff = "2s"
         max_backoff = "60s"
         exit_on_err = true
         config {
           type = "iam"
           role = "app"
           credential_poll_interval = 30
           access_key = "AKIAIOSFODNN7EXAMPLE"
           secret_key = "never-in-a-state"
           header_value = "vault.example.com"
           region = "eu-central-1"
         }
       }
       sink {
         type = "file"
         config {
           path = "/run/vault-agent/token"
           mode = 0600
         }
       }
       sink {
         type = "file"
         wrap_ttl = "300s"
         config {
           path = "/run/wrapped"
         }
       }
     }

     cache {}
     "
    `);
  });

  test('of type ec2 has neither header nor region', () => {
    const stack = emptyStack(testApp());
    const agent = new VaultAgent(stack, 'web', { role: ec2Role(stack), sinks, nonce: 'nonce' });

    expect(agent.config.autoAuth.method).toEqual({
      mountPath: 'auth/aws',
      role: 'web',
      type: 'ec2',
      nonce: 'nonce',
    });
  });

  test('detects its region if Vault follows the client', () => {
    const stack = emptyStack(testApp());
    const agent = new VaultAgent(stack, 'app', {
      role: iamRole(stack, { client: { useStsRegionFromClient: true } }),
      sinks,
    });

    expect(agent.config.autoAuth.method.region).toBe('');
  });
});

describe('the output', () => {
  test('has what agent-config needs, and no secret', () => {
    const output = outputOf(
      (stack) =>
        new VaultAgent(stack, 'app', {
          role: iamRole(stack),
          sinks,
          ...SECRETS,
          sessionToken: 'never-in-a-state',
        }),
    );

    expect(output).toEqual({
      config: {
        autoAuth: {
          method: { mountPath: 'auth/aws', role: 'app', type: 'iam', headerValue: 'vault.example.com' },
          sinks,
        },
      },
      target: {
        mountPath: 'aws',
        serverIdHeader: 'vault.example.com',
        roles: [{ name: 'app', authType: 'iam', disallowReauthentication: false }],
      },
    });
  });

  test('has texts that Terraform must not fill in, and references that it must fill in', () => {
    const output = outputOf((stack) => {
      const role = iamRole(stack, { client: { serverIdHeader: lateText(stack) } });
      const contents = '${not.terraform} %{ if } {{ with secret "a" }}';
      new VaultAgent(stack, 'app', { role, sinks, blocks: [{ type: 'template', body: { contents } }] });
    });

    expect(output.config.blocks[0]!.body.contents).toBe('$${not.terraform} %%{ if } {{ with secret "a" }}');
    expect(output.config.autoAuth.method.headerValue).toBe('${var.late}');
  });
});

describe('is a problem:', () => {
  const inAgent = (props: Partial<IamAgentProps>, given: Parameters<typeof iamRole>[1] = {}, id = 'app') =>
    problemsOf((stack) => new VaultAgent(stack, id, { role: iamRole(stack, given), sinks, ...props }));

  test.each<[string, readonly string[], string]>([
    [
      'a header that differs from the mount’s',
      inAgent({ headerValue: 'other' }),
      "[stack/app] auto_auth.method.config.header_value: must be 'vault.example.com', the server ID of the mount (it does not log in); got 'other'",
    ],
    [
      'a region that differs from that of Vault’s STS',
      inAgent({ region: 'eu-west-1' }, { client: { endpoints: { sts } } }),
      "[stack/app] auto_auth.method.config.region: must be 'eu-central-1': Vault's STS endpoint accepts signatures for this region only (it does not log in); got 'eu-west-1'",
    ],
    [
      'a region that Vault knows no STS of',
      inAgent({ region: 'mx-central-1' }, { client: { useStsRegionFromClient: true } }),
      "[stack/app] auto_auth.method.config.region: must be a region whose STS Vault 1.21.1 knows: with use_sts_region_from_client Vault sends the login there (it does not log in); got 'mx-central-1'",
    ],
    [
      'a role with tokenNumUses',
      inAgent({}, { token: { tokenNumUses: 2 } }),
      "[stack/app] auto_auth.method.config.role: must be a role without token_num_uses, because the agent's renewals use up the token, and its reader gets a dead token: 'app' has 2 (it logs in, and fails later)",
    ],
    [
      'a poll interval of zero',
      inAgent({ credentialPollInterval: Duration.seconds(0) }),
      '[stack/app] auto_auth.method.config.credential_poll_interval: must be a whole number of seconds, 1 or more, without a unit and quotes (the agent does not start); got 0',
    ],
    [
      'a duration that is no whole number of seconds',
      inAgent({ minBackoff: Duration.millis(1500) }),
      '[stack/app] minBackoff: Vault counts whole seconds; got 1.5 s',
    ],
    [
      'an id that no output can have',
      inAgent({}, {}, 'my app'),
      "[stack/my app] id: must be letters, digits, _ and -, because it names an output; got 'my app'",
    ],
  ])('%s', (_, problems, expected) => {
    expect(problems).toEqual([expected]);
  });

  test('what is for iam on an ec2 role, if the compiler did not check it', () => {
    const problems = problemsOf((stack) => {
      const role: unknown = ec2Role(stack);
      new VaultAgent(stack, 'web', { role: role as IamAuthRole, sinks, ...SECRETS });
    });

    expect(problems).toEqual(
      ['access_key', 'secret_key'].map(
        (name) =>
          `[stack/web] auto_auth.method.config.${name}: must be left out: an instance logs in with its identity document, and static credentials are for iam (it has no effect, and no message says so)`,
      ),
    );
  });

  test('nothing of what is known only at apply', () => {
    expect(
      problemsOf((stack) => {
        const role = iamRole(stack, { client: { serverIdHeader: lateText(stack) } });
        new VaultAgent(stack, 'app', { role, sinks, headerValue: 'literal' });
      }),
    ).toEqual([]);
  });
});
