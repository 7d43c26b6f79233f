import { TerraformStack } from 'cdktf';
import { type AwsEndpoints, useAws, useVault, VaultAwsAuthStack } from '../../../lib/constructs';
import { check } from '../../../lib/constructs/checks';
import { testApp } from '../../support/app';
import { lateText } from '../../support/stack';

const problemsOf = (build: (stack: TerraformStack) => void) => {
  const app = testApp();
  build(new TerraformStack(app, 'it'));
  return check(app).problems;
};
const vaultAt = (vaultAddress: string, allowHttp?: boolean) =>
  problemsOf((stack) => useVault(stack, { vaultAddress, allowHttp }));

const OTHER_MACHINES = ['http://vault.example.com:8200', 'http://10.0.0.5', 'http://127.0.0.1.example.com'];
const THIS_MACHINE = [
  'http://127.0.0.1:8200',
  'http://localhost:8200',
  'http://[::1]:8200',
  'http://127.1.2.3',
];

describe('an http address of Vault', () => {
  test.each(OTHER_MACHINES)('is refused, because it is not of the machine itself: %s', (address) => {
    expect(vaultAt(address)).toEqual([
      `[it] vaultAddress: http sends tokens and secrets in clear over the network; use https, or set allowHttp: true if nobody can read this network; got '${address}'`,
    ]);
    expect(vaultAt(address.replace('http:', 'https:'))).toEqual([]);
  });

  test.each(THIS_MACHINE)('is taken, because it is of the machine itself: %s', (address) => {
    expect(vaultAt(address)).toEqual([]);
  });

  test('is taken if a person allows it', () => {
    expect(vaultAt(OTHER_MACHINES[0]!, true)).toEqual([]);
    expect(vaultAt(OTHER_MACHINES[0]!, false)).toHaveLength(1);
  });

  test('is let through if it is known only at apply', () => {
    expect(problemsOf((stack) => useVault(stack, { vaultAddress: lateText(stack) }))).toEqual([]);
  });

  test('is refused in the settings too, by its place there', () => {
    const problemsWith = (vault: { address: string; allowHttp?: boolean }) => {
      const app = testApp();
      new VaultAwsAuthStack(app, 'it', { vault });
      return check(app).problems;
    };

    expect(problemsWith({ address: OTHER_MACHINES[0]! })).toEqual([
      `[it] vault.address: http sends tokens and secrets in clear over the network; use https, or set vault.allowHttp: true if nobody can read this network; got '${OTHER_MACHINES[0]}'`,
    ]);
    expect(problemsWith({ address: OTHER_MACHINES[0]!, allowHttp: true })).toEqual([]);
  });
});

describe('an http URL of an AWS service', () => {
  const endpoints = (given: AwsEndpoints) => problemsOf((stack) => useAws(stack, { endpoints: given }));

  test.each(OTHER_MACHINES)('is refused, because it is not of the machine itself: %s', (url) => {
    const problem = (place: string) =>
      `[it] endpoints.${place}: anyone on the network could answer an http request, and so decide who may log in; use https, or set allowHttp: true among the endpoints; got '${url}'`;

    expect(endpoints({ iam: url, sts: { url, region: 'us-east-1' }, ec2: url })).toEqual(
      ['iam', 'sts.url', 'ec2'].map(problem),
    );
  });

  test.each(THIS_MACHINE)('is taken, because it is of the machine itself: %s', (url) => {
    expect(endpoints({ sts: { url, region: 'us-east-1' } })).toEqual([]);
  });

  test('is taken if a person allows it', () => {
    expect(endpoints({ iam: OTHER_MACHINES[0], allowHttp: true })).toEqual([]);
    expect(endpoints({ iam: OTHER_MACHINES[0], allowHttp: false })).toHaveLength(1);
  });
});
