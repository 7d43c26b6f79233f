import { Duration } from 'aws-cdk-lib/core';
import { type IResolvable, type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AwsAuthMount,
  type AwsAuthMountProps,
  BoundPrincipal,
  IamAuthRole,
  type MountTuneProps,
  type TokenProps,
} from '../../../../lib/constructs/vault';
import { lateList, preconditionsOf, problemsOf, synthesize, warningsOf } from '../../../support/stack';

const seconds = (count: number) => Duration.seconds(count);
const hours = (count: number) => Duration.hours(count);

const roleWith =
  (token: TokenProps, tune?: AwsAuthMountProps['tune']) =>
  (stack: TerraformStack): void => {
    new IamAuthRole(stack, 'role', {
      mount: new AwsAuthMount(stack, 'mount', { tune }),
      roleName: 'dev',
      boundPrincipals: [BoundPrincipal.user('alice')],
      ...token,
    });
  };

test('every token field reaches the role, in seconds', () => {
  const { resource } = synthesize(
    roleWith({
      tokenTtl: hours(1),
      tokenMaxTtl: hours(2),
      tokenExplicitMaxTtl: hours(3),
      tokenNumUses: 5,
      tokenType: 'service',
      tokenBoundCidrs: ['10.0.0.0/8'],
      tokenNoDefaultPolicy: true,
      aliasMetadata: { team: 'billing' },
    }),
  );

  expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({
    token_ttl: 3600,
    token_max_ttl: 7200,
    token_explicit_max_ttl: 10_800,
    token_num_uses: 5,
    token_type: 'service',
    token_bound_cidrs: ['10.0.0.0/8'],
    token_no_default_policy: true,
    alias_metadata: { team: 'billing' },
  });
});

describe('what is known only at apply', () => {
  const late = (stack: TerraformStack, id: string) =>
    new TerraformVariable(stack, id, { type: 'number' }).numberValue as number & IResolvable;
  const role = (declare: (stack: TerraformStack) => TokenProps) => (stack: TerraformStack) => {
    roleWith(declare(stack))(stack);
  };

  test('is taken, and its range is checked by Terraform', () => {
    const { resource } = synthesize(
      role((stack) => ({
        tokenTtl: late(stack, 'ttl'),
        tokenMaxTtl: late(stack, 'max'),
        tokenNumUses: late(stack, 'uses'),
        tokenNoDefaultPolicy: new TerraformVariable(stack, 'flag', { type: 'bool' }).booleanValue,
      })),
    );

    expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({
      token_ttl: '${var.ttl}',
      token_max_ttl: '${var.max}',
      token_num_uses: '${var.uses}',
      token_no_default_policy: '${var.flag}',
    });
    expect(preconditionsOf(resource.vault_aws_auth_backend_role!.role).map(([, message]) => message)).toEqual(
      [
        'tokenTtl: must be whole seconds, from 0 to 9223372036; got ${var.ttl}',
        'tokenMaxTtl: must be whole seconds, from 0 to 9223372036; got ${var.max}',
        'tokenNumUses: must be a whole number, 0 for no limit; got ${var.uses}',
      ],
    );
  });

  test('is not compared at synth, and a warning says so', () => {
    const declare = role((stack) => ({ tokenTtl: hours(2), tokenMaxTtl: late(stack, 'max') }));

    expect(problemsOf(declare)).toEqual([]);
    expect(warningsOf(declare)).toEqual([
      '[stack/role] long-ttl: tokenMaxTtl: it is known only at apply, so nothing checks whether a leaked token is valid for more than a day; got a reference',
    ]);
  });

  test('is no number of uses of a batch token', () => {
    expect(
      problemsOf(
        role((stack) => ({ tokenType: 'batch', tokenTtl: hours(1), tokenNumUses: late(stack, 'uses') })),
      ),
    ).toEqual(['[stack/role] tokenNumUses: Vault does not count the uses of a batch token; got a reference']);
  });
});

test('a field that is not given is not written', () => {
  expect(synthesize(roleWith({})).resource.vault_aws_auth_backend_role!.role).not.toHaveProperty(
    'alias_metadata',
  );
});

test('a periodic token has only its period', () => {
  const { resource } = synthesize(roleWith({ tokenPeriod: hours(1) }));

  expect(resource.vault_aws_auth_backend_role!.role).toMatchObject({ token_period: 3600 });
  expect(resource.vault_aws_auth_backend_role!.role).not.toHaveProperty('token_ttl');
});

describe('mount and role decide together on the type of a token:', () => {
  const ignored = (mount: string, role: string) =>
    `[stack/role] tokenType: the mount's tune.tokenType '${mount}' decides for all its roles, so Vault would ignore it; leave it out, or tune the mount with 'default-${mount}'; got '${role}'`;
  const uses = (because = '') =>
    `[stack/role] tokenNumUses: Vault does not count the uses of a batch token${because}; got 2`;
  const makesIt = (mount: string) => `, and the mount's tune.tokenType '${mount}' makes it one`;

  test.each<[MountTuneProps['tokenType'], TokenProps['tokenType'], string[]]>([
    [undefined, undefined, []],
    ['default-service', undefined, []],
    ['default-service', 'service', []],
    ['default-service', 'batch', [uses()]],
    ['default-batch', undefined, [uses(makesIt('default-batch'))]],
    ['default-batch', 'default', [uses(makesIt('default-batch'))]],
    ['default-batch', 'service', []],
    ['default-batch', 'batch', [uses()]],
    ['batch', undefined, [uses(makesIt('batch'))]],
    ['batch', 'service', [ignored('batch', 'service'), uses(makesIt('batch'))]],
    ['batch', 'batch', [uses()]],
    ['service', undefined, []],
    ['service', 'service', []],
    ['service', 'batch', [ignored('service', 'batch'), uses()]],
  ])('a mount with %s, a role with %s', (ofMount, ofRole, problems) => {
    expect(problemsOf(roleWith({ tokenType: ofRole, tokenNumUses: 2 }, { tokenType: ofMount }))).toEqual(
      problems,
    );
  });

  test('a period ends with a batch token', () => {
    expect(problemsOf(roleWith({ tokenPeriod: hours(1) }, { tokenType: 'default-batch' }))).toEqual([
      `[stack/role] tokenPeriod: a batch token can't be periodic${makesIt('default-batch')}; got 3600 s`,
    ]);
  });

  test('a TTL of a day ends a batch token of the mount, which nobody can renew', () => {
    expect(warningsOf(roleWith({ tokenTtl: hours(1) }, { tokenType: 'batch' }))).toEqual([]);
    expect(warningsOf(roleWith({ tokenTtl: hours(1) }, { tokenType: 'service' }))).toHaveLength(1);
  });
});

describe('token fields are refused:', () => {
  test.each<[string, TokenProps, string]>([
    [
      'a TTL of half a second',
      { tokenTtl: Duration.millis(500) },
      'tokenTtl: Vault counts whole seconds; got 0.5 s',
    ],
    [
      'an explicit maximum of a fraction',
      { tokenExplicitMaxTtl: Duration.millis(1500) },
      'tokenExplicitMaxTtl: Vault counts whole seconds; got 1.5 s',
    ],
    [
      'a TTL over the maximum',
      { tokenTtl: hours(2), tokenMaxTtl: hours(1) },
      'tokenTtl: must not be longer than tokenMaxTtl; got 7200 s over 3600 s',
    ],
    [
      'a TTL over the explicit maximum',
      { tokenTtl: hours(2), tokenExplicitMaxTtl: hours(1) },
      'tokenTtl: must not be longer than tokenExplicitMaxTtl, Vault would cut it; got 7200 s over 3600 s',
    ],
    [
      'a period over the maximum',
      { tokenPeriod: hours(2), tokenMaxTtl: hours(1) },
      'tokenPeriod: must not be longer than tokenMaxTtl, Vault would cut it; got 7200 s over 3600 s',
    ],
    [
      'a period over the explicit maximum',
      { tokenPeriod: hours(2), tokenExplicitMaxTtl: hours(1) },
      'tokenPeriod: must not be longer than tokenExplicitMaxTtl, Vault would cut it; got 7200 s over 3600 s',
    ],
    [
      'a TTL together with a period',
      { tokenTtl: hours(1), tokenPeriod: hours(2) },
      'tokenTtl: Vault ignores it if tokenPeriod is set, leave it out; got 3600 s',
    ],
    ['negative uses', { tokenNumUses: -1 }, 'tokenNumUses: must be a whole number, 0 for no limit; got -1'],
    ['half a use', { tokenNumUses: 0.5 }, 'tokenNumUses: must be a whole number, 0 for no limit; got 0.5'],
    [
      'a periodic batch token',
      { tokenType: 'batch', tokenPeriod: hours(1) },
      "tokenPeriod: a batch token can't be periodic; got 3600 s",
    ],
    [
      'a batch token with a number of uses',
      { tokenType: 'batch', tokenNumUses: 1 },
      'tokenNumUses: Vault does not count the uses of a batch token; got 1',
    ],
    [
      'a TTL that is longer than Vault can count',
      { tokenTtl: Duration.days(1_000_000), tokenMaxTtl: Duration.seconds(0) },
      "tokenTtl: Vault can't count further than 9223372036 s, 292 years; got 86400000000 s",
    ],
    [
      'an alias metadata key that is empty',
      { aliasMetadata: { team: 'web', ' ': 'x' } },
      "aliasMetadata: a key must not be empty; got ' '",
    ],
  ])('%s', (_, token, message) => {
    expect(problemsOf(roleWith(token))).toEqual([`[stack/role] ${message}`]);
  });

  test.each([
    '10.0.0.0/33',
    '10.0.0',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '2001:db8::/129',
    'fe80::1%eth0',
    'example.com',
    '',
  ])('the address %j', (cidr) => {
    expect(problemsOf(roleWith({ tokenBoundCidrs: ['127.0.0.1', cidr] }))).toEqual([
      `[stack/role] tokenBoundCidrs[1]: must be an IP address or a CIDR block, such as 10.0.0.0/8; got '${cidr}'`,
    ]);
  });

  test.each([
    ['2001:0DB8::/32', '2001:db8::/32'],
    ['2001:0DB8::1', '2001:db8::1'],
    ['10.0.0.0/08', '10.0.0.0/8'],
    ['2001:db8::/032', '2001:db8::/32'],
  ])('the address %s, which Vault would return in another form', (cidr, written) => {
    expect(problemsOf(roleWith({ tokenBoundCidrs: [cidr] }))).toEqual([
      `[stack/role] tokenBoundCidrs[0]: Vault gives it back as '${written}', so Terraform would plan a change at every run; got '${cidr}'`,
    ]);
  });

  test.each<[string, TokenProps, string]>([
    [
      'a TTL over the mount’s maximum',
      { tokenTtl: hours(2) },
      "tokenTtl: must not be longer than the mount's maxLeaseTtl, Vault would cut it; got 7200 s over 3600 s",
    ],
    [
      'a maximum over the mount’s',
      { tokenMaxTtl: hours(2) },
      "tokenMaxTtl: must not be longer than the mount's maxLeaseTtl, Vault would cut it; got 7200 s over 3600 s",
    ],
    [
      'a period over the mount’s maximum',
      { tokenPeriod: hours(2) },
      "tokenPeriod: must not be longer than the mount's maxLeaseTtl; got 7200 s over 3600 s",
    ],
  ])('%s', (_, token, message) => {
    expect(problemsOf(roleWith(token, { maxLeaseTtl: hours(1) }))).toEqual([`[stack/role] ${message}`]);
  });
});

describe('token fields are taken:', () => {
  test.each<[string, TokenProps]>([
    ['a TTL and its maximum', { tokenTtl: hours(1), tokenMaxTtl: hours(1) }],
    ['a TTL, and zero for no maximum of its own', { tokenTtl: hours(1), tokenMaxTtl: seconds(0) }],
    ['a batch token whose period is zero', { tokenType: 'batch', tokenPeriod: seconds(0) }],
    ['a period of zero, which is none, together with a TTL', { tokenTtl: hours(1), tokenPeriod: seconds(0) }],
    [
      'a batch token that can be neither renewed nor counted',
      { tokenType: 'batch', tokenTtl: hours(1), tokenNumUses: 0 },
    ],
    [
      'addresses and blocks',
      { tokenBoundCidrs: ['10.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::1', '2001:db8::/32'] },
    ],
  ])('%s', (_, token) => {
    expect(problemsOf(roleWith(token))).toEqual([]);
  });

  test('a list of addresses that is a reference as a whole', () => {
    expect(problemsOf((stack) => roleWith({ tokenBoundCidrs: lateList(stack) })(stack))).toEqual([]);
  });

  test('any TTL of the role, if the mount’s maximum goes back to Vault’s own', () => {
    expect(problemsOf(roleWith({ tokenMaxTtl: hours(9) }, { maxLeaseTtl: seconds(0) }))).toEqual([]);
  });
});

describe('a token that lives for more than a day', () => {
  const warning = (place: string, got: number) =>
    `[stack/role] long-ttl: ${place}: a leaked token is valid for more than a day; got ${got} s`;

  test.each<[string, TokenProps, number]>([
    ['tokenTtl', { tokenTtl: Duration.days(2), tokenMaxTtl: hours(1) }, 172_800],
    ['tokenMaxTtl', { tokenMaxTtl: Duration.days(3) }, 259_200],
    ['tokenPeriod, however short', { tokenPeriod: hours(1) }, 3600],
    [
      'tokenTtl with a late end',
      { tokenTtl: Duration.days(2), tokenMaxTtl: hours(1), tokenExplicitMaxTtl: Duration.days(2) },
      172_800,
    ],
  ])('is warned of: %s', (place, token, got) => {
    expect(warningsOf(roleWith(token))).toEqual([warning(/^\w+/.exec(place)![0], got)]);
  });

  test.each<[string, TokenProps]>([
    ['that lives for a day', { tokenTtl: Duration.days(1), tokenMaxTtl: Duration.days(1) }],
    [
      'that is renewed until its end, a day later',
      { tokenPeriod: hours(1), tokenExplicitMaxTtl: Duration.days(1) },
    ],
    ['whose period is none', { tokenPeriod: seconds(0), tokenMaxTtl: hours(1) }],
    ['that can’t be renewed', { tokenType: 'batch', tokenTtl: hours(1) }],
  ])('is not one %s', (_, token) => {
    expect(warningsOf(roleWith(token))).toEqual([]);
  });

  const unlimited =
    "[stack/role] long-ttl: tokenMaxTtl: a leaked token is valid for more than a day; got none, so Vault's own: 32 days, unless somebody changed it";

  test.each<[string, TokenProps]>([
    ['by renewals', { tokenTtl: hours(1) }],
    ['by zero', { tokenMaxTtl: seconds(0) }],
    ['at once, in a batch', { tokenType: 'batch' }],
  ])('is one that nobody limits, %s', (_, token) => {
    expect(warningsOf(roleWith(token))).toEqual([unlimited]);
  });

  test('is not warned of if the mount limits it', () => {
    expect(warningsOf(roleWith({}, { maxLeaseTtl: hours(24) }))).toEqual([]);
    expect(warningsOf(roleWith({}, { maxLeaseTtl: hours(25) }))).toEqual([unlimited]);
  });
});
