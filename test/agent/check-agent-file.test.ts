import { type AgentTarget, checkAgentText, renderAgentFileReport } from '../../lib/agent';

const TARGET: AgentTarget = {
  mountPath: 'aws_test',
  serverIdHeader: 'vault.example.com',
  roles: [{ name: 'dev_role', authType: 'iam' }],
};

const report = (text: string) => checkAgentText(text, 'agent.hcl', () => TARGET);
const rendered = (text: string) => renderAgentFileReport(report(text)).split('\n');

const GOOD = `
auto_auth {
  method "aws" {
    mount_path = "auth/aws_test/"
    config = {
      type         = "iam"
      role         = "dev_role"
      header_value = "vault.example.com"
    }
  }
  sink "file" {
    config = {
      path = "/run/token"
      mode = 0600
    }
  }
}
`;

describe('a file of a person', () => {
  test('that logs in has no problem, and it is said what was not looked at', () => {
    expect(rendered(GOOD)).toEqual([
      'No problem in agent.hcl with auth/aws_test. The environment of the agent is not checked.',
    ]);
  });

  test('has all its problems at once, each on its line, and no secret', () => {
    const text = `
exit_after_auth = false
auto_auth {
  method "aws" {
    mount_path = "aws_test"
    credential_poll_interval = 60
    config = {
      type          = "iam"
      role          = "developer"
      access_key    = "AKIAIOSFODNN7EXAMPLE"
      secretkey     = "never-printed"
      Secret_Key    = "never-printed"
      session_token = ["never-printed"]
      nonce         = "never-printed"
      region        = "eu-central-1"
      credential_poll_interval = "60s"
    }
  }
  sink "file" { config = { path = "/run/token", mode = "0600" } }
  sink "http" {}
}
`;

    expect(rendered(text)).toMatchInlineSnapshot(`
     [
       "agent.hcl:5: auto_auth.method.mount_path: must be 'auth/aws_test': the agent does not add 'auth/' (it does not log in); got 'aws_test'",
       "agent.hcl:6: auto_auth.method.credential_poll_interval: must be in auto_auth.method.config (it has no effect, and no message says so)",
       "agent.hcl:7: auto_auth.method.config.header_value: must be 'vault.example.com', the server ID of the mount (it does not log in); got ''",
       "agent.hcl:9: auto_auth.method.config.role: must be a role that the stack has on auth/aws_test: 'dev_role' (it does not log in); got 'developer'",
       "agent.hcl:11: auto_auth.method.config.secretkey: must be one of type, role, credential_poll_interval, access_key, secret_key, session_token, header_value, region, nonce (it has no effect, and no message says so)",
       "agent.hcl:12: auto_auth.method.config.secret_key: must be there with access_key: static credentials are both or none (the agent does not start)",
       "agent.hcl:12: auto_auth.method.config.Secret_Key: must be one of type, role, credential_poll_interval, access_key, secret_key, session_token, header_value, region, nonce (it has no effect, and no message says so)",
       "agent.hcl:13: auto_auth.method.config.session_token: must be a text in double quotes (the agent does not start)",
       "agent.hcl:14: auto_auth.method.config.nonce: must be left out: it is for ec2 (it has no effect, and no message says so)",
       "agent.hcl:15: auto_auth.method.config.region: must be 'us-east-1': Vault asks the global STS, which accepts signatures for this region only (it does not log in); got 'eu-central-1'",
       "agent.hcl:16: auto_auth.method.config.credential_poll_interval: must be a whole number of seconds, 1 or more, without a unit and quotes (the agent does not start); got '60s'",
       "agent.hcl:19: auto_auth.sink[0].config.mode: must be a number without quotes, 0600 in HCL and 384 in JSON (the agent does not start); got '0600'",
       "agent.hcl:20: auto_auth.sink[1].type: must be 'file': the agent has no other sink (the agent does not start); got 'http'",
       "",
       "13 problems with auth/aws_test.",
     ]
    `);
    expect(JSON.stringify(report(text))).not.toMatch(/never-printed|AKIA/);
  });

  test.each<[string, string, string]>([
    [
      'without auto_auth',
      'vault { address = "https://vault.example.com" }',
      'agent.hcl: auto_auth: must be there once (the agent does not start)',
    ],
    [
      'with a second auto_auth',
      `${GOOD}\nauto_auth {}`,
      'agent.hcl:19: auto_auth: must be there once, because the agent takes no second one; got 2 (the agent does not start)',
    ],
    [
      'without a method',
      'auto_auth { sink "file" {} }',
      'agent.hcl:1: auto_auth.method: must be there once (the agent does not start)',
    ],
    [
      'with two methods',
      'auto_auth {\n  method "aws" {}\n  method "approle" {}\n}',
      'agent.hcl:3: auto_auth.method: must be there once, because the agent takes no second one; got 2 (the agent does not start)',
    ],
    [
      'of another method',
      'auto_auth {\n  method "approle" { config = { secret_id = "never-printed" } }\n}',
      "agent.hcl:2: auto_auth.method.type: must be 'aws': another method does not log in to this stack (it does not log in); got 'approle'",
    ],
    [
      'that the agent can not read',
      'auto_auth {\n  secret_key = never-printed\n}',
      'agent.hcl:2: syntax: a value is a text in double quotes, a number, true, false, a list or an object (the agent does not start)',
    ],
    [
      'without a type of the method',
      GOOD.replace('type         = "iam"', ''),
      "agent.hcl:5: auto_auth.method.config.type: must be 'iam' or 'ec2' (the agent does not start)",
    ],
    [
      'with an encryption that the agent does not know',
      GOOD.replace('sink "file" {', 'sink "file" {\n    dh_type = "rsa"\n    dh_path = "/k"'),
      "agent.hcl:12: auto_auth.sink.dh_type: must be 'curve25519': the agent knows no other (the agent does not start); got 'rsa'",
    ],
    [
      'without the mount path',
      GOOD.replace('mount_path = "auth/aws_test/"', ''),
      "agent.hcl:3: auto_auth.method.mount_path: must be 'auth/aws_test': without it the agent uses auth/aws (it does not log in)",
    ],
  ])('%s', (_, text, expected) => {
    expect(rendered(text)).toEqual([expected, '', '1 problem with auth/aws_test.']);
  });

  test('in JSON with its sinks in a list of that name, as Vault’s documentation has it', () => {
    const config = [{ type: 'iam', role: 'dev_role', header_value: 'vault.example.com' }];
    const text = JSON.stringify({
      auto_auth: [
        {
          method: [{ type: 'aws', mount_path: 'auth/aws_test', config }],
          sinks: [{ sink: [{ type: 'file', config: [{ path: '/run/token' }] }] }],
        },
      ],
    });

    expect(report(text).problems).toEqual([]);
  });
});
