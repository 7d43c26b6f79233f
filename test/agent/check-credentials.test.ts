import { CONFIG, EC2, IAM, IGNORED, LOGIN, problems, START, STATIC } from './agent-problems';

describe('credentials and the region', () => {
  const interval = `${CONFIG}.credential_poll_interval: must be a whole number of seconds, 1 or more, without a unit and quotes`;
  const global = { stsRegion: undefined };
  const follows = { stsRegion: undefined, useStsRegionFromClient: true };
  const instance =
    'must be left out: an instance logs in with its identity document, and static credentials are for iam';

  test.each<[string, string[], string[]]>([
    ['a poll interval of zero', problems({ credentialPollInterval: 0 }), [`${interval} ${START}; got 0`]],
    [
      'a poll interval of a fraction',
      problems({ credentialPollInterval: 1.5 }),
      [`${interval} ${START}; got 1.5`],
    ],
    [
      'a poll interval on ec2',
      problems({ ...EC2, credentialPollInterval: 60 }),
      [`${CONFIG}.credential_poll_interval: must be left out: it is for iam ${IGNORED}; got 60`],
    ],
    [
      'ec2 with static credentials',
      problems({ ...EC2, ...STATIC, sessionToken: 'never-printed' }),
      ['access_key', 'secret_key', 'session_token'].map(
        (name) => `${CONFIG}.${name}: ${instance} ${IGNORED}`,
      ),
    ],
    [
      'a header and a region on ec2',
      problems({ ...EC2, headerValue: 'vault.example.com', region: 'eu-central-1' }),
      [
        `${CONFIG}.header_value: must be left out: it is for iam ${IGNORED}; got 'vault.example.com'`,
        `${CONFIG}.region: must be left out: it is for iam ${IGNORED}; got 'eu-central-1'`,
      ],
    ],
    [
      'a nonce on iam',
      problems({ nonce: 'never-printed' }),
      [`${CONFIG}.nonce: must be left out: it is for ec2 ${IGNORED}`],
    ],
    [
      'new credentials on ec2',
      problems(EC2, { autoAuth: { ...IAM.autoAuth, enableReauthOnNewCredentials: true } }),
      [
        `auto_auth.enable_reauth_on_new_credentials: must be left out: it is for iam, whose credentials change ${IGNORED}; got true`,
      ],
    ],
    [
      'an access key without its secret',
      problems({ accessKey: 'AKIAIOSFODNN7EXAMPLE' }),
      [`${CONFIG}.secret_key: must be there with access_key: static credentials are both or none ${START}`],
    ],
    [
      'a secret without its access key',
      problems({ secretKey: 'never-printed' }),
      [`${CONFIG}.access_key: must be there with secret_key: static credentials are both or none ${START}`],
    ],
    [
      'a session token alone',
      problems({ sessionToken: 'never-printed' }),
      [
        `${CONFIG}.session_token: must be set together with access_key and secret_key: alone it belongs to no credentials ${IGNORED}`,
      ],
    ],
    [
      'temporary credentials without their token',
      problems({ ...STATIC, accessKey: 'ASIAIOSFODNN7EXAMPLE' }),
      [
        `${CONFIG}.session_token: must be there: an access key ASIA… is one of temporary credentials ${LOGIN}`,
      ],
    ],
    [
      'lasting ones with a token',
      problems({ ...STATIC, sessionToken: 'never-printed' }),
      [`${CONFIG}.session_token: must be left out: an access key AKIA… has none ${LOGIN}`],
    ],
    [
      'another header',
      problems({ headerValue: 'other' }),
      [
        `${CONFIG}.header_value: must be 'vault.example.com', the server ID of the mount ${LOGIN}; got 'other'`,
      ],
    ],
    [
      'no header',
      problems({ headerValue: undefined }),
      [`${CONFIG}.header_value: must be 'vault.example.com', the server ID of the mount ${LOGIN}; got ''`],
    ],
    [
      'a header that nobody asks for',
      problems({}, {}, { serverIdHeader: undefined }),
      [
        `${CONFIG}.header_value: must be left out: the mount compares no server ID, so it does not prevent a replay of the login ${IGNORED}; got 'vault.example.com'`,
      ],
    ],
    [
      "another region than that of Vault's STS endpoint",
      problems({ region: 'eu-west-1' }),
      [
        `${CONFIG}.region: must be 'eu-central-1': Vault's STS endpoint accepts signatures for this region only ${LOGIN}; got 'eu-west-1'`,
      ],
    ],
    [
      "no region, and another than us-east-1 at Vault's STS endpoint",
      problems({ region: undefined }),
      [
        `${CONFIG}.region: must be 'eu-central-1': Vault's STS endpoint accepts signatures for this region only; without it the agent uses us-east-1 ${LOGIN}`,
      ],
    ],
    [
      'a region, and the global STS',
      problems({}, {}, global),
      [
        `${CONFIG}.region: must be 'us-east-1': Vault asks the global STS, which accepts signatures for this region only ${LOGIN}; got 'eu-central-1'`,
      ],
    ],
    [
      'a region to be detected, and the global STS',
      problems({ region: '' }, {}, global),
      [
        `${CONFIG}.region: must be 'us-east-1': Vault asks the global STS, which accepts signatures for this region only, and the agent would detect the region of its machine ${LOGIN}; got ''`,
      ],
    ],
    ...['mx-central-1', 'aws-global', 'eu-centrall-1'].map((region): [string, string[], string[]] => [
      `use_sts_region_from_client and ${region}`,
      problems({ region }, {}, follows),
      [
        `${CONFIG}.region: must be a region whose STS Vault 1.21.1 knows: with use_sts_region_from_client Vault sends the login there ${LOGIN}; got '${region}'`,
      ],
    ]),
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
    expect(found.join()).not.toContain('never-printed');
  });
});
